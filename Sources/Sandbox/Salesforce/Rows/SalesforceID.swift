/// Record ids: a key prefix, twelve characters of a running number, and the three characters that carry the case.
enum SalesforceID {
  static let organization = make(prefix: "00D", number: 1)
  static let integrationUser = make(prefix: "005", number: 1)

  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let suffixes = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

  /// The id of the n-th row of an object.
  static func make(prefix: String, number: Int) -> String {
    var rest = number
    var tail: [UInt8] = []
    for _ in 0..<7 {
      tail.append(digits[rest % 62])
      rest /= 62
    }
    let short = prefix + "Sb000" + String(decoding: tail.reversed(), as: UTF8.self)
    return short + suffix(short)
  }

  /// The 18-character form of an id of 15 or 18 characters; nil when it has neither length, another alphabet, or a
  /// wrong suffix.
  static func normalized(_ id: String) -> String? {
    guard id.utf8.count == 15 || id.utf8.count == 18, id.utf8.allSatisfy({ digits.contains($0) }) else { return nil }
    let short = String(id.prefix(15))
    let long = short + suffix(short)
    return id.utf8.count == 15 || id.uppercased() == long.uppercased() ? long : nil
  }

  private static func suffix(_ short: String) -> String {
    let bytes = Array(short.utf8)
    let marks = stride(from: 0, to: 15, by: 5).map { start in
      suffixes[(0..<5).reduce(0) { $0 | ((65...90).contains(bytes[start + $1]) ? 1 << $1 : 0) }]
    }
    return String(decoding: marks, as: UTF8.self)
  }
}
