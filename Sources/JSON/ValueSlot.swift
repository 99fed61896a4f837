/// A place that a value is encoded into: by a type of its own, piece by piece.
final class ValueSlot {
  private enum Content {
    case value(JSONValue)
    case members([(name: String, slot: ValueSlot)])
    case elements([ValueSlot])
  }

  private var content: Content

  init(_ value: JSONValue = .null) { content = .value(value) }

  /// What was encoded; the members of an object by name, so that the same value is always the same text.
  var value: JSONValue {
    switch content {
    case .value(let value): value
    case .elements(let slots): .array(slots.map(\.value))
    case .members(let members):
      .object(members.map { JSONMember($0.name, $0.slot.value) }.sorted { $0.name < $1.name })
    }
  }

  /// How many elements the list has that is encoded here.
  var count: Int {
    if case .elements(let slots) = content { slots.count } else { 0 }
  }

  func set(_ value: JSONValue) { content = .value(value) }

  /// Makes it an object, unless it is one.
  func beginObject() {
    if case .members = content { return }
    content = .members([])
  }

  /// Makes it a list, unless it is one.
  func beginList() {
    if case .elements = content { return }
    content = .elements([])
  }

  /// The place of a member of the object.
  func member(_ name: String, _ value: JSONValue = .null) -> ValueSlot {
    let slot = ValueSlot(value)
    guard case .members(var members) = content else { return slot }
    content = .value(.null)
    members.append((name, slot))
    content = .members(members)
    return slot
  }

  /// The place of the list's next element.
  func element(_ value: JSONValue = .null) -> ValueSlot {
    let slot = ValueSlot(value)
    guard case .elements(var slots) = content else { return slot }
    content = .value(.null)
    slots.append(slot)
    content = .elements(slots)
    return slot
  }
}
