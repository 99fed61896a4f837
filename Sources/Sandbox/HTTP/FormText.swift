import Foundation

/// The names and values of a query or of a form body.
struct FormText: Sendable {
  let pairs: [(name: String, value: String)]

  init(_ encoded: String) {
    pairs = encoded.utf8.split(separator: UInt8(ascii: "&")).map { part in
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        .map { FormText.decode(String(Substring($0)), plusIsBlank: true) }
      return (halves[0], halves.count == 2 ? halves[1] : "")
    }
  }

  /// The first value of a name, compared without regard to case.
  subscript(name: String) -> String? {
    (pairs.first { $0.name == name } ?? pairs.first { $0.name.lowercased() == name.lowercased() })?.value
  }

  /// The text behind percent signs and, in a form, behind plus signs; as it is where it is no such text.
  static func decode(_ text: String, plusIsBlank: Bool) -> String {
    // Most texts hold nothing to decode, and every request asks for several.
    guard text.utf8.contains(where: { $0 == percent || plusIsBlank && $0 == plus }) else { return text }
    let encoded = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count)
    var place = 0
    while place < encoded.count {
      switch encoded[place] {
      case percent:
        guard place + 2 < encoded.count, let high = digit(encoded[place + 1]), let low = digit(encoded[place + 2])
        else { return text }
        bytes.append(high << 4 | low)
        place += 3
      case plus where plusIsBlank:
        bytes.append(UInt8(ascii: " "))
        place += 1
      case let byte:
        bytes.append(byte)
        place += 1
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }

  private static let percent = UInt8(ascii: "%")
  private static let plus = UInt8(ascii: "+")

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
