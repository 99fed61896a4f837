import GRDB

/// What one request knows of the org: its switches and schema, read once, and the row faults that struck.
///
/// A fault that refuses a row is rolled back with it, so its attempts are counted here and written down when the
/// request is over.
final class OrgState {
  fileprivate var switches: OrgSwitches?
  fileprivate var schema: OrgSchema?
  fileprivate var attempts: [String: Int] = [:]
  fileprivate var chunks = 0

  func forget() {
    switches = nil
    schema = nil
  }
}

extension World {
  /// The counter of API requests in the rolling day.
  static let apiRequests = "api requests"
  /// The counter that holds the moment at which the schema was last changed.
  static let schemaChange = "schema change"

  /// The switches in force.
  var switches: OrgSwitches {
    get throws {
      if let known = org.switches { return known }
      let read = try OrgSwitches(db)
      org.switches = read
      return read
    }
  }

  /// The schema as the integration user sees it.
  var schema: OrgSchema {
    get throws {
      if let known = org.schema { return known }
      let made = OrgSchema.of(try switches.shape)
      org.schema = made
      return made
    }
  }

  /// The schema with what is hidden from the integration user.
  var wholeSchema: OrgSchema {
    get throws {
      var shape = try switches.shape
      shape.hiddenFields = []
      shape.hiddenObjects = []
      shape.readOnlyObjects = []
      return OrgSchema.of(shape)
    }
  }

  func value(ofCounter name: String) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT value FROM counter WHERE name = ?")
    return try Int.fetchOne(statement, arguments: [name]) ?? 0
  }

  func set(counter name: String, to value: Int) throws {
    try db.cachedStatement(
      sql: "INSERT INTO counter(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
    ).execute(arguments: [name, value])
  }

  /// Refuses a write to a row that is locked for some attempts yet, and counts the attempt.
  func requireUnlocked(_ ids: [String]) throws {
    guard let locked = try switches[.lockedRows].object, !locked.isEmpty else { return }
    let rows = locked.members.map { (id: SalesforceID.normalized($0) ?? $0, attempts: $1.int ?? 0) }
    let struck = rows.filter { ids.contains($0.id) && $0.attempts > org.attempts[$0.id, default: 0] }
    if struck.isEmpty { return }
    for row in struck { org.attempts[row.id, default: 0] += 1 }
    throw Refusal(
      status: 400, code: "UNABLE_TO_LOCK_ROW",
      message: "unable to obtain exclusive access to this record or 1 records: "
        + struck.map(\.id).joined(separator: ","))
  }

  /// Refuses a chunk as a whole while chunks are to fail, and counts it.
  func requireChunk() throws {
    guard try switches.number(.failChunks) > org.chunks else { return }
    org.chunks += 1
    throw Refusal(
      status: 400, code: "UNABLE_TO_LOCK_ROW", message: "unable to obtain exclusive access to this record")
  }

  /// Writes down the attempts that struck; to be called outside of everything that a refusal takes back.
  func settleFaults() throws {
    if org.chunks > 0 {
      try OrgSwitches.store(.int(max(0, try switches.number(.failChunks) - org.chunks)), for: .failChunks, in: db)
    }
    if !org.attempts.isEmpty, case .object(let locked) = try switches[.lockedRows] {
      let rest = locked.members.map { id, count in
        (id, JSONValue.int(max(0, (count.int ?? 0) - org.attempts[SalesforceID.normalized(id) ?? id, default: 0])))
      }
      try OrgSwitches.store(.object(JSONObject(rest)), for: .lockedRows, in: db)
    }
    org.attempts = [:]
    org.chunks = 0
    org.forget()
  }
}
