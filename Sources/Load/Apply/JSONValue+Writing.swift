import Foundation
import JSON
import Model

extension JSONValue {
  /// A JSON Patch document.
  init(operations: [PatchOperation]) throws(JSONError) {
    var elements: [JSONValue] = []
    for operation in operations {
      let value = try JSONValue(parsing: operation.value)
      elements.append(["op": .string(operation.kind.rawValue), "path": .string(operation.path), "value": value])
    }
    self = .array(elements)
  }

  /// The value at a JSON pointer; nil when there is none.
  func at(pointer: String) -> JSONValue? {
    var value: JSONValue? = self
    for part in pointer.split(separator: "/") {
      let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      if let elements = value?.arrayValue {
        value = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      } else {
        value = value?[name]
      }
    }
    return value
  }

  /// Whether `found`, as a service shows it, is what was to be written.
  ///
  /// A service may print a number or a time in another form, leaves null values out, and shows members that nobody wrote.
  func isShown(by found: JSONValue?) -> Bool {
    switch (self, found ?? .null) {
    case (.object(let members), let found): members.allSatisfy { $0.value.isShown(by: found[$0.name]) }
    case (.array(let elements), .array(let others)):
      elements.count == others.count && zip(elements, others).allSatisfy { $0.isShown(by: $1) }
    case (.number(let text), .number(let other)):
      Decimal(string: text, locale: nil) == Decimal(string: other, locale: nil)
    case (.string(let text), .string(let other)): text == other || Self.isSameTime(text, other)
    case (.string(let text), .null): text.isEmpty
    case (let value, let other): value == other
    }
  }

  private static func isSameTime(_ text: String, _ other: String) -> Bool {
    guard let time = Timestamp.parse(text) else { return false }
    return time == Timestamp.parse(other)
  }
}

extension [PatchOperation] {
  /// Whether a referral shows what these operations were to write; an appended value may stand anywhere in its list.
  func areShown(by referral: JSONValue) throws(JSONError) -> Bool {
    for operation in self {
      let value = try JSONValue(parsing: operation.value)
      if operation.path.hasSuffix("/-") {
        let list = referral.at(pointer: String(operation.path.dropLast(2)))?.arrayValue ?? []
        guard list.contains(where: { value.isShown(by: $0) }) else { return false }
      } else {
        guard value.isShown(by: referral.at(pointer: operation.path)) else { return false }
      }
    }
    return true
  }
}

extension [FieldWrite] {
  /// The writes as members of an object; the last write to a name counts.
  func members() throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    for field in self {
      members.removeAll { $0.name.lowercased() == field.name.lowercased() }
      members.append(JSONMember(field.name, try JSONValue(parsing: field.value)))
    }
    return members
  }
}
