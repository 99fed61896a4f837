/// One JSON value that keeps the text of its numbers, so that money never passes through a binary fraction.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// A whole number.
  static func int(_ value: Int) -> JSONValue { .number(String(value)) }

  /// The text, or null where there is none.
  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  var isNull: Bool { self == .null }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var bool: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  var object: JSONObject? {
    if case .object(let members) = self { members } else { nil }
  }

  var int: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  var double: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }

  /// The value of a member, null when this is not an object or has no such member.
  subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  /// The element at a position, null when this is not an array or is shorter.
  subscript(index: Int) -> JSONValue {
    if case .array(let items) = self, items.indices.contains(index) { items[index] } else { .null }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int) { self = .number(String(value)) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral {
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
  init(nilLiteral: ()) { self = .null }
}
