import GRDB

/// `updated` and `deleted`: the ids of rows that changed within a range of time.
struct ChangeFeed {
  let world: World
  let object: ObjectDefinition

  /// - Throws: a `Refusal` for arguments that are missing, in the wrong order, or too far back.
  func answer(_ request: ServiceRequest, _ kind: String) throws -> JSONValue {
    guard request.method == "GET" else { throw SalesforceService.notAllowed }
    let start = try moment(request, "start")
    let end = try moment(request, "end")
    let now = try world.now
    let days = kind == "updated" ? 30 : 15
    guard start < end else { throw refused("startDate must be less than endDate") }
    guard start >= now.adding(days: -days) else {
      throw refused("startDate before org replication enabled date or more than \(days) days ago")
    }
    let covered = JSONValue.string(min(end, minute(now)).salesforce)
    guard kind == "deleted" else {
      return ["ids": .array(try updated(start, end).map { .string($0) }), "latestDateCovered": covered]
    }
    let rows = try DeletionLog(db: world.db).entries(of: object, from: start, to: end)
    return [
      "deletedRecords": .array(rows.map { ["id": .string($0.id), "deletedDate": .string($0.at.salesforce)] }),
      "earliestDateAvailable": .string(now.adding(days: -15).salesforce), "latestDateCovered": covered,
    ]
  }

  private func updated(_ start: Stamp, _ end: Stamp) throws -> [String] {
    let ids = try String.fetchAll(
      world.db.cachedStatement(
        sql: """
          SELECT Id FROM "\(object.name)" WHERE SystemModstamp >= ? AND SystemModstamp < ? AND IsDeleted = 0 ORDER BY seq
          """), arguments: [start.salesforce, end.salesforce])
    if ids.count > 600_000 {
      throw Refusal(status: 400, code: "EXCEEDED_ID_LIMIT", message: "too many ids: \(ids.count)")
    }
    return ids
  }

  /// An argument without its seconds, which the service does not look at.
  private func moment(_ request: ServiceRequest, _ name: String) throws -> Stamp {
    let text = request.parameters[name]?.replacing(" ", with: "+") ?? ""
    guard let stamp = Stamp(iso: text) else { throw refused("\(name) is not a date: \(text)") }
    return minute(stamp)
  }

  private func minute(_ stamp: Stamp) -> Stamp { Stamp(stamp.seconds - stamp.seconds % 60) }

  private func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALID_REPLICATION_DATE", message: message)
  }
}
