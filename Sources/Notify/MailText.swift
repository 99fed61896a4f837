import Foundation

/// Text in the forms that mail carries anywhere: seven bits, short lines.
enum MailText {
  /// Text of a header line: as it is where it is plain ASCII of moderate length, else in encoded words (RFC 2047).
  static func header(_ text: String) -> String {
    guard text.utf8.count > 60 || !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) || text.contains("=?") else {
      return text
    }
    // 36 bytes make 48 of base64: with the name of the header in front the line stays below 76.
    var words: [[UInt8]] = [[]]
    for character in text.unicodeScalars {
      let bytes = Array(String(character).utf8)
      if let last = words.last, last.count + bytes.count > 36 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// Text of a body as quoted-printable (RFC 2045), with CR and LF at the end of each line.
  static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\r\n")
  }

  private static func line(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var lines = [""]
    for (index, byte) in bytes.enumerated() {
      let isBlankAtEnd = (byte == 0x20 || byte == 0x09) && index == bytes.count - 1
      let isPlain = ((0x20..<0x7F).contains(byte) || byte == 0x09) && byte != 0x3D && !isBlankAtEnd
      let part = isPlain ? String(Unicode.Scalar(byte)) : hexadecimal(byte)
      // The last place of a line is that of the sign that it goes on.
      if (lines.last?.utf8.count ?? 0) + part.utf8.count > 75 {
        lines[lines.count - 1] += "="
        lines.append("")
      }
      lines[lines.count - 1] += part
    }
    return lines.joined(separator: "\r\n")
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "=0" + digits : "=" + digits
  }
}
