/// One operation of a JSON Patch as the Referrals API takes it: `replace` or `add` (S10).
struct PatchOperation {
  let path: [String]
  let value: JSONValue

  /// Members that records do not have from the start.
  private static let optional = ["attributes", "consentToMicrosoftToContactSpecificPartners"]

  init(path: [String], value: JSONValue) {
    self.path = path
    self.value = value
  }

  init(_ json: JSONValue) throws {
    guard let name = json["op"].string?.lowercased(), name == "replace" || name == "add" else {
      throw ReferralRules.refused("Only the operations 'replace' and 'add' are supported.", "op")
    }
    guard let pointer = json["path"].string, pointer.hasPrefix("/"), let members = json.object,
      let value = members["value"]
    else { throw ReferralRules.refused("An operation needs a path and a value.", "path") }
    path = pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
    self.value = value
  }

  /// The value with this operation applied below it.
  func applied(to value: JSONValue) throws -> JSONValue { try PatchOperation.set(value, path[...], self.value) }

  private static func set(_ here: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue) throws -> JSONValue {
    guard let step = path.first else { return try coerced(value, like: here) }
    let rest = path.dropFirst()
    switch here {
    case .object(var members):
      guard let name = members.spelling(of: step) ?? optional.first(where: { $0 == step }) else {
        throw ReferralRules.refused("There is no member '\(step)'.", step)
      }
      members[name] = try set(members[name] ?? .null, rest, filled(value, name, isWhole: rest.isEmpty))
      return .object(members)
    case .array(var items):
      if step == "-" && rest.isEmpty { return .array(items + [value]) }
      guard let index = Int(step), items.indices.contains(index) else {
        throw ReferralRules.refused("There is no element '\(step)'.", step)
      }
      items[index] = try set(items[index], rest, value)
      return .array(items)
    case .null, .bool, .number, .string: throw ReferralRules.refused("There is no member '\(step)'.", step)
    }
  }

  /// A list written as a whole gets the full shape of its elements.
  private static func filled(_ value: JSONValue, _ name: String, isWhole: Bool) -> JSONValue {
    let shape = ReferralShape.itemShape(of: name)
    guard isWhole, case .array(let items) = value, !shape.isNull else { return value }
    return .array(items.map { ReferralShape.filled(shape, with: $0) })
  }

  /// A number sent as text becomes a number where one stood before (S10).
  private static func coerced(_ value: JSONValue, like before: JSONValue) throws -> JSONValue {
    if case .number = before, case .string(let text) = value {
      guard case .number(let number)? = try? JSONParser.parse(text) else {
        throw ReferralRules.refused("'\(text)' is not a number.", "value")
      }
      return .number(number)
    }
    return value
  }
}
