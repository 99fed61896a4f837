/// Numbers in one spelling: plain digits, without exponent and without zeros that say nothing.
///
/// Salesforce writes one and the same value as `1000.0` by REST and as `1.0E3` or `1000` in a bulk job.
enum PlainDecimal {
  /// Digits that a number may have; a longer one keeps its own spelling.
  private static let digitLimit = 400

  /// The plain spelling of a number; nil when the text is none.
  static func spelling(_ text: String) -> String? {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = digits(&rest)
    var fraction = ""
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = digits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = exponent(&rest), rest.isEmpty else { return nil }
    guard abs(exponent) <= digitLimit, whole.count + fraction.count <= digitLimit else { return text }
    let plain = shifted(whole, fraction, by: exponent)
    return isNegative && plain != "0" ? "-" + plain : plain
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> String {
    let run = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest[run.endIndex...]
    return String(decoding: run, as: UTF8.self)
  }

  /// The exponent, 0 where there is none; nil when there is only the beginning of one.
  private static func exponent(_ rest: inout Substring.UTF8View) -> Int? {
    guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return 0 }
    rest = rest.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let text = digits(&rest)
    guard !text.isEmpty else { return nil }
    let size = Int(text) ?? Int.max
    return isNegative ? -size : size
  }

  private static func shifted(_ whole: String, _ fraction: String, by exponent: Int) -> String {
    let all = whole + fraction
    let point = whole.count + exponent
    let padded =
      point < 0
      ? String(repeating: "0", count: -point) + all
      : all + String(repeating: "0", count: max(0, point - all.count))
    let split = max(0, point)
    let front = padded.prefix(split).drop { $0 == "0" }
    let back = padded.dropFirst(split).reversed().drop { $0 == "0" }.reversed()
    return (front.isEmpty ? "0" : String(front)) + (back.isEmpty ? "" : "." + String(back))
  }
}
