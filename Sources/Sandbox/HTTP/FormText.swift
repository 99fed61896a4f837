import Foundation

/// The names and values of a query or of a form body.
struct FormText: Sendable {
  let pairs: [(name: String, value: String)]

  init(_ encoded: String) {
    pairs = encoded.split(separator: "&").map { part in
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        FormText.decode(String(halves[0]), plusIsBlank: true),
        halves.count == 2 ? FormText.decode(String(halves[1]), plusIsBlank: true) : ""
      )
    }
  }

  /// The first value of a name, compared without regard to case.
  subscript(name: String) -> String? { pairs.first { $0.name.lowercased() == name.lowercased() }?.value }

  static func decode(_ text: String, plusIsBlank: Bool) -> String {
    // Most texts hold nothing to decode, and every request asks for several.
    func holds(_ sign: Unicode.Scalar) -> Bool { text.utf8.contains(UInt8(ascii: sign)) }
    let plain = plusIsBlank && holds("+") ? text.replacingOccurrences(of: "+", with: " ") : text
    return holds("%") ? plain.removingPercentEncoding ?? plain : plain
  }
}
