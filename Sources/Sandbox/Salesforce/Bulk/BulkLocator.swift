import Foundation

/// Where a set of results begins, in the text that clients hand back unread.
struct BulkLocator {
  /// How many rows come before the set.
  let offset: Int
  /// How many rows the set holds where the request does not say; nil for the org's own number.
  var size: Int?

  var text: String {
    let plain = size.map { "\(offset).\($0)" } ?? "\(offset)"
    return Data(plain.utf8).base64EncodedString().replacing("=", with: "")
  }

  init(offset: Int, size: Int? = nil) {
    self.offset = offset
    self.size = size
  }

  /// - Throws: a `Refusal` for a text that no job has given out.
  init(_ text: String) throws {
    let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
    let parts = String(decoding: Data(base64Encoded: padded) ?? Data(), as: UTF8.self).split(separator: ".")
    guard (1...2).contains(parts.count), let offset = Int(parts[0]), offset >= 0 else {
      throw Refusal(status: 400, code: "INVALIDLOCATOR", message: "Invalid locator: \(text)")
    }
    self.offset = offset
    size = parts.count == 2 ? Int(parts[1]) : nil
  }
}
