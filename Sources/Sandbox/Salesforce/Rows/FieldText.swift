import Foundation
import GRDB

/// How the value of a field is kept in the database: flags as 0 and 1, everything else as its text.
enum FieldText {
  /// The stored form of a value sent by a client, trimmed and rounded as the service does.
  ///
  /// - Throws: a `Refusal` with Salesforce's code when the field cannot hold the value.
  static func stored(_ value: JSONValue, in field: FieldDefinition) throws -> DatabaseValue {
    switch field.type {
    case .boolean:
      guard let flag = value.bool ?? value.string.flatMap({ Bool($0.lowercased()) }) else {
        throw malformed(value, field)
      }
      return (flag ? 1 : 0).databaseValue
    case .currency, .double, .percent, .int: return try decimal(value, field)?.databaseValue ?? .null
    case .date:
      guard let text = try text(value, field) else { return .null }
      guard let stamp = Stamp(iso: text) else { throw malformed(value, field) }
      return stamp.day.databaseValue
    case .datetime:
      guard let text = try text(value, field) else { return .null }
      guard let stamp = Stamp(iso: text) else { throw malformed(value, field) }
      return stamp.salesforce.databaseValue
    case .id, .reference:
      guard let text = try text(value, field) else { return .null }
      guard let id = SalesforceID.normalized(text) else {
        throw Refusal(
          status: 400, code: "MALFORMED_ID", message: "\(field.label): id value of incorrect type: \(text)",
          fields: [field.name])
      }
      return id.databaseValue
    case .base64:
      guard let text = try text(value, field) else { return .null }
      guard Data(base64Encoded: text) != nil else { throw malformed(value, field) }
      return text.databaseValue
    case .multipicklist: return try choices(value, field)?.databaseValue ?? .null
    case .string, .textarea, .picklist, .email, .phone, .url:
      return try text(value, field)?.databaseValue ?? .null
    case .address: throw malformed(value, field)
    }
  }

  /// The JSON form of what a column holds.
  static func json(_ value: DatabaseValue, of field: FieldDefinition) -> JSONValue {
    switch value.storage {
    case .null: field.type == .boolean ? .bool(false) : .null
    case .int64(let number): field.type == .boolean ? .bool(number != 0) : .number(String(number))
    case .double(let number): .number(String(number))
    case .string(let text):
      switch field.type {
      case .address: (try? JSONParser.parse(text)) ?? .null
      case .currency, .double, .percent, .int: .number(text)
      case .id, .string, .textarea, .picklist, .multipicklist, .boolean, .date, .datetime, .reference, .email, .phone,
        .url, .base64:
        .string(text)
      }
    case .blob: .null
    }
  }

  /// The decimal text of a number at a field's scale: `1000.0`, `1234567.1`, and no point for whole-number fields.
  static func decimal(_ text: String, scale: Int, type: FieldType) -> String? {
    guard var number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
    var rounded = Decimal()
    NSDecimalRound(&rounded, &number, scale, .plain)
    let plain = rounded.description
    return type == .int || plain.contains(".") ? plain : plain + ".0"
  }

  private static func decimal(_ value: JSONValue, _ field: FieldDefinition) throws -> String? {
    if value.isNull || value.string == "" { return nil }
    let sent: String
    switch value {
    case .number(let text), .string(let text): sent = text
    case .null, .bool, .array, .object: throw malformed(value, field)
    }
    guard isNumber(sent), let text = decimal(sent, scale: field.scale, type: field.type) else {
      throw malformed(value, field)
    }
    let whole = text.drop { $0 == "-" }.prefix { $0 != "." }
    if whole.count > field.precision - field.scale {
      throw Refusal(
        status: 400, code: "NUMBER_OUTSIDE_VALID_RANGE",
        message: "\(field.label): value outside of valid range on numeric field: \(sent)", fields: [field.name])
    }
    return text
  }

  /// Whether a text is `-?digits[.digits][e[+-]digits]`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func skipDigits() -> Bool {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest[digits.endIndex...]
      return !digits.isEmpty
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    guard skipDigits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard skipDigits() else { return false }
    }
    guard let mark = rest.first else { return true }
    guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return skipDigits() && rest.isEmpty
  }

  private static func text(_ value: JSONValue, _ field: FieldDefinition) throws -> String? {
    let sent: String
    switch value {
    case .null: return nil
    case .string(let text): sent = text
    case .number(let text): sent = text
    case .bool, .array, .object: throw malformed(value, field)
    }
    let unified = sent.replacingOccurrences(of: "\r\n", with: "\n")
    let trimmed = unified.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The chosen values in the order of the org's list, unknown ones behind.
  private static func choices(_ value: JSONValue, _ field: FieldDefinition) throws -> String? {
    guard let text = try text(value, field) else { return nil }
    let chosen = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    if chosen.count > 100 {
      throw Refusal(
        status: 400, code: "TOO_MANY_ENUM_VALUE", message: "\(field.label): too many values: \(chosen.count)",
        fields: [field.name])
    }
    let known = field.values.filter(chosen.contains)
    return (known + chosen.filter { !known.contains($0) }).joined(separator: ";")
  }

  private static func malformed(_ value: JSONValue, _ field: FieldDefinition) -> Refusal {
    Refusal(
      status: 400, code: "JSON_PARSER_ERROR",
      message: "Cannot deserialize instance of \(field.type.rawValue) from value \(value.text) at field \(field.name)",
      fields: [])
  }
}

extension FieldText {
  /// A share of an amount: amount times per cent over a hundred, as decimal text.
  static func product(_ amount: String, _ percent: String, scale: Int) -> String? {
    guard let left = Decimal(string: amount), let right = Decimal(string: percent) else { return nil }
    return decimal((left * right / 100).description, scale: scale, type: .currency)
  }
}
