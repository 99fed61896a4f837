/// A JSON document as a value.
///
/// Numbers keep their own text, so that money never passes through binary floating point, and objects keep the order
/// of their members.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's own text, such as `1e3` or `0.10`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// A name and its value in an object.
package struct JSONMember: Hashable, Sendable {
  /// The name as it was spelt.
  package let name: String
  /// The value behind it.
  package let value: JSONValue

  /// A member of the given name.
  package init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// The text of a string; nil for anything else.
  package var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A boolean; nil for anything else.
  package var boolValue: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// A number's own text; nil for anything else.
  package var numberText: String? {
    guard case .number(let text) = self else { return nil }
    return text
  }

  /// The elements of an array; nil for anything else.
  package var arrayValue: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members of an object; nil for anything else.
  package var objectValue: [JSONMember]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// Whether it is `null`.
  package var isNull: Bool { self == .null }

  /// The member of a name; one of exactly that spelling wins over one that differs in case only, since Partner Center
  /// takes names in any case.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    if let member = members.first(where: { $0.name == name }) { return member.value }
    let folded = name.lowercased()
    return members.first { $0.name.lowercased() == folded }?.value
  }

  /// The value at a dotted path of names, such as `error.innerError.code`; nil when a part of it is missing.
  package func at(_ path: String) -> JSONValue? {
    var value = self
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = value[String(name)] else { return nil }
      value = next
    }
    return value
  }
}

// Not by `nil`, though: it would stand for `.null` where a missing value is meant.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  package init(stringLiteral text: String) { self = .string(text) }
  /// A boolean.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  package init(integerLiteral value: Int) { self = .number(String(value)) }
  /// An array.
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its members in the order written.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0.0, $0.1) })
  }
}
