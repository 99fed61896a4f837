import Foundation
import GRDB

/// The fault rules in force and how often each has struck.
struct Faults {
  let world: World

  /// `{"rules":[…]}` as a list of rules.
  ///
  /// - Throws: a `Refusal` 400 that says which rule is wrong and how; a misspelt member is wrong too.
  static func parse(_ data: Data) throws -> [FaultRule] {
    guard let list = (try? JSONParser.parse(data))?["rules"].array else {
      throw bad("the body must be {\"rules\":[…]}")
    }
    return try list.enumerated().map { index, item in
      let known = FaultRule.CodingKeys.allCases.map(\.rawValue)
      try refuseUnknown(item, known, "rule \(index + 1)")
      try refuseUnknown(item["then"], FaultEffect.CodingKeys.allCases.map(\.rawValue), "rule \(index + 1), then")
      do {
        let rule = try JSONDecoder().decode(FaultRule.self, from: item.data)
        if let mistake = rule.mistake { throw bad("rule \(index + 1): \(mistake)") }
        return rule
      } catch let error as DecodingError {
        throw bad("rule \(index + 1): \(error)")
      }
    }
  }

  private static func refuseUnknown(_ value: JSONValue, _ known: [String], _ place: String) throws {
    if let name = value.object?.keys.first(where: { !known.contains($0) }) {
      throw bad("\(place): there is no member '\(name)'; the members are \(known.joined(separator: ", "))")
    }
  }

  private static func bad(_ message: String) -> Refusal { Refusal(status: 400, code: "BAD_FAULTS", message: message) }

  /// Puts further rules in force.
  func add(_ rules: [FaultRule]) throws {
    let encoder = JSONEncoder()
    for rule in rules {
      let text = String(decoding: try encoder.encode(rule), as: UTF8.self)
      try world.db.cachedStatement(sql: "INSERT INTO fault(rule) VALUES (?)").execute(arguments: [text])
    }
  }

  func clear() throws { try world.db.cachedStatement(sql: "DELETE FROM fault").execute() }

  /// The rules in force with how many requests each has seen and hit.
  var json: JSONValue {
    get throws {
      let rows = try Row.fetchAll(world.db.cachedStatement(sql: "SELECT rule, seen, fired FROM fault ORDER BY id"))
      return [
        "rules": .array(
          try rows.map { row in
            let text: String = row["rule"]
            return ["rule": try JSONParser.parse(text), "seen": .int(row["seen"]), "fired": .int(row["fired"])]
          })
      ]
    }
  }

  /// What strikes a request; several rules may strike at once.
  func strike(_ request: ServiceRequest, side: Side) throws -> FaultEffect {
    var effects: [FaultEffect] = []
    let rules = try world.db.cachedStatement(sql: "SELECT id, rule, seen, fired FROM fault ORDER BY id")
    for row in try Row.fetchAll(rules) {
      let text: String = row["rule"]
      let rule = try JSONDecoder().decode(FaultRule.self, from: Data(text.utf8))
      guard rule.matches(request, side: side) else { continue }
      let id: Int = row["id"]
      let seen: Int = row["seen"] + 1
      let fired: Int = row["fired"]
      var random = SplitMix64(seed: world.identity.seed ^ UInt64(id) << 32, stream: UInt64(seen))
      let draw = Double(random.below(1_000_000)) / 1_000_000
      let strikes = rule.strikes(seen: seen, fired: fired, draw: draw)
      try world.db.cachedStatement(sql: "UPDATE fault SET seen = ?, fired = ? WHERE id = ?").execute(arguments: [
        seen, fired + (strikes ? 1 : 0), id,
      ])
      if strikes { effects.append(rule.then) }
    }
    return FaultEffect.merged(effects)
  }
}
