import Foundation
import GRDB

/// What an ingest job does: its rows go the way of every write, some of them with every poll.
struct BulkIngestRun {
  let world: World

  private var db: Database { world.db }

  /// Triggers and locks work on so many rows at once.
  private static let chunk = 200

  /// Reads the upload when the job begins, then writes the next rows; ends the job with the last of them.
  func run(_ job: inout BulkJob) throws {
    do {
      let header = try begin(job)
      let end = try BulkStore(world: world).forcedEnd()
      var left = try world.switches.number(.bulkRowsPerPoll)
      if let end { left = min(left, max(0, end.afterRows - job.processed)) }
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT seq, line FROM bulk_row WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?"),
        arguments: [job.id, job.processed, left])
      try write(rows, header, &job)
      if let end, job.processed >= end.afterRows {
        job.state = end.state
        job.error = end.message
      } else if rows.count < left {
        job.state = .complete
      }
    } catch let error as BulkCSVError {
      job.state = .failed
      job.error = error.message
    }
  }

  private func write(_ rows: [Row], _ header: BulkHeader, _ job: inout BulkJob) throws {
    let write = BulkRowWrite(world: world, job: job, object: try object(job))
    let done = try db.cachedStatement(
      sql: "UPDATE bulk_row SET id = ?, created = ?, error = ? WHERE job = ? AND seq = ?")
    var fault: Refusal?
    for (index, row) in rows.enumerated() {
      if index % BulkIngestRun.chunk == 0 { fault = chunkFault() }
      var csv = BulkCSV(Array((row["line"] as String).utf8), BulkFormat())
      let (id, fields) = header.fields(try csv.next() ?? [])
      do {
        if let fault { throw fault }
        let outcome = try world.atomically { try write.apply(id: id, fields) }
        try done.execute(arguments: [outcome.id, outcome.created, nil, job.id, row["seq"] as Int])
      } catch let refusal as Refusal {
        let known = job.operation == "insert" ? nil : id.flatMap { SalesforceID.normalized($0) } ?? id
        try done.execute(arguments: [known, nil, refusal.ofRow.bulkText, job.id, row["seq"] as Int])
        job.failed += 1
      }
      job.processed += 1
    }
  }

  private func chunkFault() -> Refusal? {
    do {
      try world.requireChunk()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// The header, and with the first step the records, each a line of quoted values with commas.
  private func begin(_ job: BulkJob) throws -> BulkHeader {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT upload, header FROM bulk_job WHERE id = ?"), arguments: [job.id])
    let object = try object(job)
    if let known = row?["header"] as String? {
      var csv = BulkCSV(Array(known.utf8), BulkFormat())
      return try BulkHeader(try csv.next() ?? [], job, object, try world.schema)
    }
    var csv = BulkCSV([UInt8](row?["upload"] as Data? ?? Data()), job.format)
    guard let names = try csv.next() else {
      try keep(header: "", of: job)
      throw BulkHeader.invalid("Unable to find the header row")
    }
    let insert = try db.cachedStatement(sql: "INSERT INTO bulk_row(job, seq, line) VALUES (?, ?, ?)")
    let plain = BulkFormat()
    try keep(header: plain.line(names), of: job)
    var count = 0
    try world.atomically {
      while let values = try csv.next() {
        guard values.count == names.count else {
          throw BulkCSVError(
            message: "ClientInputError : Row \(count + 1) has \(values.count) values, the header has \(names.count)")
        }
        count += 1
        try insert.execute(arguments: [job.id, count, plain.line(values)])
      }
    }
    for _ in 0..<((count + 9999) / 10_000) { _ = try world.next(BulkStore.ingestBatches) }
    return try BulkHeader(names, job, object, try world.schema)
  }

  /// Keeps the header in place of the upload, which is not needed any more.
  private func keep(header: String, of job: BulkJob) throws {
    try db.cachedStatement(sql: "UPDATE bulk_job SET header = ?, upload = NULL WHERE id = ?").execute(arguments: [
      header, job.id,
    ])
  }

  private func object(_ job: BulkJob) throws -> ObjectDefinition {
    guard let object = try world.schema.object(job.object) else { throw BulkHeader.invalid("No such object") }
    return object
  }
}

/// The write of one row of an ingest job.
struct BulkRowWrite {
  let world: World
  let job: BulkJob
  let object: ObjectDefinition

  /// The id of the row, and whether it is new.
  func apply(id given: String?, _ fields: JSONObject) throws -> (id: String, created: Bool) {
    let store = RowStore(world: world)
    switch job.operation {
    case "insert":
      if given != nil {
        throw Refusal(
          status: 400, code: "INVALID_FIELD_FOR_INSERT_UPDATE", message: "cannot specify Id in an insert call",
          fields: ["Id"])
      }
      return (try store.insert(object, fields), true)
    case "upsert":
      let field = try ExternalId(world: world).field(job.externalId ?? "Id", of: object)
      var fields = fields
      if field.type == .id, let given { fields["Id"] = .string(given) }
      return try Upsert.row(fields, of: object, by: field, store)
    case "update":
      let id = try id(given)
      try store.update(object, id: id, fields)
      return (id, false)
    default:
      let id = try id(given)
      if job.operation == "hardDelete" {
        try store.purge(object, id: id)
      } else {
        try store.delete(object, id: id)
      }
      return (id, false)
    }
  }

  private func id(_ given: String?) throws -> String {
    guard let given else {
      throw Refusal(
        status: 400, code: "MISSING_ARGUMENT", message: "Id not specified in an \(job.operation) call",
        fields: ["Id"])
    }
    guard let id = SalesforceID.normalized(given) else {
      throw Refusal(status: 400, code: "MALFORMED_ID", message: "malformed id \(given)", fields: ["Id"])
    }
    return id
  }
}
