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

  /// Whether an element of a list is the one that this one's `id` names, by the key that the plan knew it by.
  func isSameElement(_ element: JSONValue) -> Bool {
    guard let id = self["id"]?.stringValue, let other = element["id"]?.stringValue else { return false }
    return LookupKey.solution(identifier: id) == LookupKey.solution(identifier: other)
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
      let list = referral.at(pointer: operation.list ?? "")?.arrayValue ?? []
      let isShown =
        switch operation.kind {
        case .without: !list.contains(where: value.isSameElement)
        case .add where operation.list != nil: list.contains { value.isShown(by: $0) }
        case .add, .replace: value.isShown(by: referral.at(pointer: operation.path))
        }
      guard isShown else { return false }
    }
    return true
  }

  /// Whether an element joins or leaves a list.
  var touchLists: Bool { contains { $0.list != nil } }

  /// The same operations without `without`: each list that loses an element, or is not there yet, becomes one
  /// replacement, which holds what the other operations add to it.
  func replacingLists(of referral: JSONValue) throws(JSONError) -> [PatchOperation] {
    let lists = Set(
      filter { $0.kind == .without || $0.list.map { referral.at(pointer: $0)?.arrayValue == nil } == true }
        .compactMap(\.list))
    var result = filter { operation in operation.list.map { !lists.contains($0) } ?? true }
    for list in lists.sorted() {
      result.append(
        PatchOperation(
          referral.at(pointer: list) == nil ? .add : .replace, path: list,
          value: JSONValue.array(try elements(of: list, in: referral)).text))
    }
    return result
  }

  /// Whether the list that `operation` shortens would have nothing left, once all of these operations are done.
  func empty(listOf operation: PatchOperation, in referral: JSONValue) throws(JSONError) -> Bool {
    guard operation.kind == .without, let list = operation.list else { return false }
    return try elements(of: list, in: referral).isEmpty && referral.at(pointer: list)?.arrayValue?.isEmpty == false
  }

  private func elements(of list: String, in referral: JSONValue) throws(JSONError) -> [JSONValue] {
    var elements = referral.at(pointer: list)?.arrayValue ?? []
    for operation in self where operation.list == list {
      let value = try JSONValue(parsing: operation.value)
      if operation.kind == .without {
        elements.removeAll(where: value.isSameElement)
      } else {
        elements.append(value)
      }
    }
    return elements
  }
}

extension PatchOperation {
  /// The list whose element it adds or takes; nil for an operation on a whole value.
  fileprivate var list: String? {
    switch kind {
    case .without: path
    case .add, .replace: path.hasSuffix("/-") ? String(path.dropLast(2)) : nil
    }
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
