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
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else { return text }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }
}

extension UInt8 {
  /// What a hexadecimal digit stands for; nil for another byte.
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
