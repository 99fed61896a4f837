/// Several texts in one, parted by a character that stands in no text of either service.
///
/// On the way of every record, so it works on bytes.
package enum PartedText {
  private static let separator: UInt8 = 0x1F

  /// The texts as one; a separator or a NUL inside a text becomes a blank.
  package static func join(_ texts: some Collection<String>) -> String {
    var result = ""
    result.reserveCapacity(texts.reduce(texts.count) { $0 + $1.utf8.count })
    for (index, text) in texts.enumerated() {
      if index > 0 { result.unicodeScalars.append(Unicode.Scalar(separator)) }
      if text.utf8.contains(where: isForeign) {
        result.append(String(decoding: text.utf8.map { isForeign($0) ? 0x20 : $0 }, as: UTF8.self))
      } else {
        result.append(text)
      }
    }
    return result
  }

  /// The texts that were joined.
  package static func split(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var result: [String] = []
      var start = 0
      for index in bytes.indices where bytes[index] == separator {
        result.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self))
        start = index + 1
      }
      result.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start...]), as: UTF8.self))
      return result
    }
  }

  private static func isForeign(_ byte: UInt8) -> Bool { byte == separator || byte == 0 }
}
