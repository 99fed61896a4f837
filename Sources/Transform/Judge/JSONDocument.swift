import JSON

/// A JSON object that grows by paths; the order of its members is that in which they were first set.
struct JSONDocument {
  private(set) var value = JSONValue.object([])

  /// Sets the value at a dotted path; objects on the way are made.
  mutating func set(_ path: String, _ value: JSONValue) {
    self.value = Self.setting(path.split(separator: ".").map(String.init)[...], of: self.value, to: value)
  }

  /// The value without one of its members.
  func without(_ name: String) -> JSONDocument {
    guard case .object(let members) = value else { return self }
    var copy = self
    copy.value = .object(members.filter { $0.name != name })
    return copy
  }

  private static func setting(_ path: ArraySlice<String>, of value: JSONValue, to new: JSONValue) -> JSONValue {
    guard let name = path.first else { return new }
    var members: [JSONMember] = if case .object(let members) = value { members } else { [] }
    let rest = path.dropFirst()
    if let index = members.firstIndex(where: { $0.name == name }) {
      members[index] = JSONMember(name, setting(rest, of: members[index].value, to: new))
    } else {
      members.append(JSONMember(name, setting(rest, of: .object([]), to: new)))
    }
    return .object(members)
  }
}
