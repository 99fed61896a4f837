import Foundation
import GRDB

/// A group of switches that the control API shows and sets.
protocol SwitchGroup: Codable, Sendable {
  /// The name under which the group is kept, and its part of the path below `/_sandbox`.
  static var name: String { get }
  /// All switches as they are in a new sandbox.
  init()
  /// What is wrong with the values, nil where nothing is.
  var mistake: String? { get }
}

/// The switches of a group as they are now, kept with the world.
struct SwitchBoard<Group: SwitchGroup> {
  let world: World

  var values: Group {
    get throws {
      let statement = try world.db.cachedStatement(sql: "SELECT value FROM switch WHERE name = ?")
      let text = try String.fetchOne(statement, arguments: [Group.name])
      return try text.map { try JSONDecoder().decode(Group.self, from: Data($0.utf8)) } ?? Group()
    }
  }

  /// Shows all switches on `GET`, sets some and shows all on `POST {"set":{…}}`.
  func answer(_ request: ServiceRequest) throws -> JSONValue {
    switch request.method {
    case "GET": return try json(try values)
    case "POST":
      guard let set = request.json?["set"].object else { throw bad("the body must be {\"set\":{…}}") }
      return try self.set(set)
    default: throw Refusal(status: 404, code: "NOT_FOUND", message: "there is no such call")
    }
  }

  private func set(_ changes: JSONObject) throws -> JSONValue {
    var current = try json(try values)
    for (name, value) in changes.members {
      guard case .object(var members) = current, members[name] != nil else {
        throw bad("there is no switch '\(name)'; GET shows them all")
      }
      members[name] = value
      guard let group = try? JSONDecoder().decode(Group.self, from: JSONValue.object(members).data) else {
        throw bad("\(name): \(value.text) is not one of its values")
      }
      if let mistake = group.mistake { throw bad("\(name): \(mistake)") }
      current = .object(members)
    }
    try world.db.cachedStatement(
      sql: "INSERT INTO switch(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
    ).execute(arguments: [Group.name, current.text])
    return current
  }

  private func json(_ group: Group) throws -> JSONValue {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try JSONParser.parse(try encoder.encode(group))
  }

  private func bad(_ message: String) -> Refusal { Refusal(status: 400, code: "BAD_SWITCH", message: message) }
}
