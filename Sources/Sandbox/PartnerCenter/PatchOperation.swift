/// One operation of a JSON Patch as the Referrals API takes it: `replace` or `add` (S10).
struct PatchOperation {
  let path: [String]
  let value: JSONValue
  /// `add` puts an element into a list where `replace` changes one.
  var isAdding = false

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
    isAdding = name == "add"
  }

  /// The record with this operation applied to it.
  func applied(to record: JSONValue) throws -> JSONValue { try set(record, ReferralShape.whole, path[...]) }

  private func set(_ here: JSONValue, _ shape: JSONValue, _ path: ArraySlice<String>) throws -> JSONValue {
    guard let step = path.first else { return try PatchOperation.coerced(value, like: here, shape) }
    // The list of a shape holds the shape of its elements, which is no element.
    switch here.isNull ? (shape.array == nil ? shape : []) : here {
    case .object(let members): return try set(members, shape, step, path.dropFirst())
    case .array(let items): return try set(items, shape, step, path.dropFirst())
    case .null, .bool, .number, .string: throw ReferralRules.refused("There is no member '\(step)'.", step)
    }
  }

  /// A member is known by its record or by the full shape: records may lack what they have no value for (S20).
  private func set(
    _ given: JSONObject, _ shape: JSONValue, _ step: String, _ rest: ArraySlice<String>
  ) throws -> JSONValue {
    guard let name = given.spelling(of: step) ?? shape.object?.spelling(of: step) else {
      throw ReferralRules.refused("There is no member '\(step)'.", step)
    }
    var members = given
    let list = ReferralShape.itemShape(of: name)
    if case .array(let items) = value, rest.isEmpty {
      members[name] = .array(items.map { ReferralShape.filled(list, with: $0) })
    } else {
      members[name] = try set(members[name] ?? .null, list.isNull ? shape[name] : .array([list]), rest)
    }
    return .object(members)
  }

  /// The shape of a list is a list of the one shape that its elements have.
  private func set(
    _ given: [JSONValue], _ shape: JSONValue, _ step: String, _ rest: ArraySlice<String>
  ) throws -> JSONValue {
    var items = given
    let item = shape[0]
    let index = Int(step) ?? -1
    switch (step, rest.isEmpty, isAdding) {
    case ("-", true, true): items.append(ReferralShape.filled(item, with: value))
    case (_, true, true) where (0...items.count).contains(index):
      items.insert(ReferralShape.filled(item, with: value), at: index)
    case _ where items.indices.contains(index): items[index] = try set(items[index], item, rest)
    default: throw ReferralRules.refused("There is no element '\(step)'.", step)
    }
    return .array(items)
  }

  /// A number sent as text becomes a number where one belongs (S10).
  private static func coerced(_ value: JSONValue, like before: JSONValue, _ shape: JSONValue) throws -> JSONValue {
    if case .object = shape, case .object = value { return ReferralShape.filled(shape, with: value) }
    guard case .number = before.isNull ? shape : before, case .string(let text) = value else { return value }
    guard case .number(let number)? = try? JSONParser.parse(text) else {
      throw ReferralRules.refused("'\(text)' is not a number.", "value")
    }
    return .number(number)
  }
}
