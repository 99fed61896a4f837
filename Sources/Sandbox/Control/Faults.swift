import Foundation
import GRDB

/// The fault rules in force and how often each has struck.
struct Faults {
  let world: World

  /// `{"rules":[…]}` as a list of rules.
  static func parse(_ data: Data) throws -> [FaultRule] {
    struct Body: Codable {
      let rules: [FaultRule]
    }
    do {
      let rules = try JSONDecoder().decode(Body.self, from: data).rules
      for pattern in rules.compactMap(\.path) { _ = try NSRegularExpression(pattern: pattern) }
      return rules
    } catch {
      throw Refusal(status: 400, code: "BAD_FAULTS", message: "not a list of fault rules: \(error)")
    }
  }

  /// Puts further rules in force.
  func add(_ rules: [FaultRule]) throws {
    let encoder = JSONEncoder()
    for rule in rules {
      let text = String(decoding: try encoder.encode(rule), as: UTF8.self)
      try world.db.execute(sql: "INSERT INTO fault(rule) VALUES (?)", arguments: [text])
    }
  }

  func clear() throws { try world.db.execute(sql: "DELETE FROM fault") }

  /// What strikes a request; several rules may strike at once.
  func strike(_ request: ServiceRequest, side: Side) throws -> [FaultEffect] {
    var effects: [FaultEffect] = []
    for row in try Row.fetchAll(world.db, sql: "SELECT id, rule, seen, fired FROM fault ORDER BY id") {
      let text: String = row["rule"]
      let rule = try JSONDecoder().decode(FaultRule.self, from: Data(text.utf8))
      guard rule.matches(request, side: side) else { continue }
      let id: Int = row["id"]
      let seen: Int = row["seen"] + 1
      let fired: Int = row["fired"]
      var random = SplitMix64(seed: world.identity.seed ^ UInt64(id) << 32, stream: UInt64(seen))
      let draw = Double(random.below(1_000_000)) / 1_000_000
      let strikes = rule.strikes(seen: seen, fired: fired, draw: draw)
      try world.db.execute(
        sql: "UPDATE fault SET seen = ?, fired = ? WHERE id = ?", arguments: [seen, fired + (strikes ? 1 : 0), id])
      if strikes { effects.append(rule.then) }
    }
    return effects
  }
}
