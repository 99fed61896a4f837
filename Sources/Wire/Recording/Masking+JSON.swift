import JSON

extension Masking {
  /// A document with its texts replaced.
  func json(_ value: JSONValue, named name: String = "", in parent: String = "") -> JSONValue {
    switch value {
    case .null, .bool, .number: return value
    case .string(let text): return .string(self.text(text, named: name, in: parent))
    case .array(let elements): return .array(elements.map { json($0, named: name, in: parent) })
    case .object(let members):
      if let path = Self.pathOfOperation(value) { return operation(members, path) }
      if TreatmentTable.simplified(name) == "httpheaders" { return headers(members) }
      return .object(members.map { JSONMember(self.name($0.name), json($0.value, named: $0.name, in: name)) })
    }
  }

  /// The description of an object as it is: it is the org's vocabulary, and says nothing about anybody's records.
  func description(_ value: JSONValue) -> JSONValue {
    switch value {
    case .null, .bool, .number: value
    case .string(let text): .string(addresses.split(text) == nil ? scrubbed(text) : address(text))
    case .array(let elements): .array(elements.map { description($0) })
    case .object(let members): .object(members.map { JSONMember($0.name, description($0.value)) })
    }
  }

  /// The path of an operation of JSON Patch; nil for any other object.
  private static func pathOfOperation(_ value: JSONValue) -> [String]? {
    switch value["op"]?.stringValue {
    case "add", "replace", "remove", "move", "copy", "test": break
    case .some, nil: return nil
    }
    return value["path"]?.stringValue?.split(separator: "/").map(String.init)
  }

  /// An operation's value is judged by the place that it goes to.
  private func operation(_ members: [JSONMember], _ path: [String]) -> JSONValue {
    let names = path.filter { step in step != "-" && !step.utf8.allSatisfy(Shape.isDigit) }
    let name = names.last ?? ""
    let parent = names.dropLast().last ?? ""
    let isPlain = path.allSatisfy { $0 == "-" || $0.utf8.allSatisfy(Shape.isDigit) || Shape.isIdentifier($0) }
    return .object(
      members.map { member in
        switch member.name {
        case "value": JSONMember(member.name, json(member.value, named: name, in: parent))
        case "path" where isPlain: JSONMember(member.name, .string(scrubbed("/" + path.joined(separator: "/"))))
        default: JSONMember(self.name(member.name), json(member.value, named: member.name))
        }
      })
  }

  /// The header lines of a request within a request.
  private func headers(_ members: [JSONMember]) -> JSONValue {
    .object(
      members.map { member in
        let value = member.value.stringValue.map { JSONValue.string(header($0, named: member.name)) }
        return JSONMember(name(member.name), value ?? json(member.value, named: member.name))
      })
  }
}
