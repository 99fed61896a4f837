/// Several texts in one, parted by a character that stands in no text of either service.
///
/// On the way of every record, so it works on bytes.
package enum PartedText {
  static let separator: UInt8 = 0x1F

  /// The texts as one; a separator or a NUL inside a text becomes a blank.
  package static func join(_ texts: some Collection<String>) -> String {
    joined(Array(texts))
  }

  private static func joined(_ texts: [String]) -> String {
    guard !texts.isEmpty else { return "" }
    let size = texts.reduce(texts.count - 1) { $0 + $1.utf8.count }
    return String(unsafeUninitializedCapacity: size) { buffer in
      var place = 0
      for index in texts.indices {
        if index > 0 {
          buffer[place] = separator
          place += 1
        }
        var text = texts[index]
        place += text.withUTF8 { copy($0, to: buffer[place...]) }
      }
      return place
    }
  }

  /// Copies a text's bytes, and gives how many there are.
  private static func copy(
    _ bytes: UnsafeBufferPointer<UInt8>, to room: Slice<UnsafeMutableBufferPointer<UInt8>>
  ) -> Int {
    let room = UnsafeMutableBufferPointer(rebasing: room)
    for index in bytes.indices {
      let byte = bytes[index]
      room[index] = byte == separator || byte == 0 ? 0x20 : byte
    }
    return bytes.count
  }

  /// The texts that were joined.
  package static func split(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { PartedTexts(UnsafeRawBufferPointer($0)).all }
  }
}
