import Foundation

/// The texts of a `PartedText`, of which each becomes a string when it is asked for.
package struct PartedTexts: Sendable {
  private let bytes: [UInt8]
  /// Where each text ends.
  private let ends: [Int32]

  /// The texts that were joined into these bytes.
  package init(_ joined: UnsafeRawBufferPointer) {
    bytes = Array(joined)
    ends = Self.ends(in: joined)
  }

  private static func ends(in joined: UnsafeRawBufferPointer) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(48)
    var start = 0
    while let base = joined.baseAddress, start < joined.count,
      let found = memchr(base + start, Int32(PartedText.separator), joined.count - start)
    {
      let end = UnsafeRawPointer(found) - base
      result.append(Int32(end))
      start = end + 1
    }
    result.append(Int32(joined.count))
    return result
  }

  /// How many there are; at least one, which may be empty.
  package var count: Int { ends.count }

  /// One of them, from 0.
  package subscript(index: Int) -> String {
    let start = index == 0 ? 0 : Int(ends[index - 1]) + 1
    let end = Int(ends[index])
    guard start < end else { return "" }
    return bytes.withUnsafeBufferPointer { String(decoding: $0[start..<end], as: UTF8.self) }
  }

  /// All of them.
  package var all: [String] { (0..<count).map { self[$0] } }
}
