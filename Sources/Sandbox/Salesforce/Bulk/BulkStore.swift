import Foundation
import GRDB

/// The jobs of the Bulk API in the world's database, and how they get on.
struct BulkStore {
  let world: World

  /// The counters of the day's query jobs and of the batches written.
  static let queryJobs = "bulk query jobs"
  static let ingestBatches = "bulk ingest batches"

  /// Seconds of the virtual clock after which a job ends although nobody asks for it.
  private static let patience = 60

  private var db: Database { world.db }

  static func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE bulk_job(
          seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, operation TEXT NOT NULL,
          object TEXT NOT NULL, soql TEXT NOT NULL, external_id TEXT, delimiter TEXT NOT NULL,
          line_ending TEXT NOT NULL, version TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
          state TEXT NOT NULL, polls INTEGER NOT NULL, processed INTEGER NOT NULL, failed INTEGER NOT NULL, error TEXT,
          upload BLOB, header TEXT
        );
        CREATE INDEX bulk_job_state ON bulk_job(state);
        CREATE TABLE bulk_id(job TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY(job, seq))
          WITHOUT ROWID;
        CREATE TABLE bulk_line(job TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY(job, seq))
          WITHOUT ROWID;
        CREATE TABLE bulk_row(
          job TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, id TEXT, created INTEGER, error TEXT,
          place INTEGER, PRIMARY KEY(job, seq)
        ) WITHOUT ROWID;
        """)
  }

  func add(_ job: BulkJob) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO bulk_job(id, kind, operation, object, soql, external_id, delimiter, line_ending, version, created,
          modified, state, polls, processed, failed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
        """
    ).execute(arguments: [
      job.id, job.kind.rawValue, job.operation, job.object, job.soql, job.externalId, job.format.delimiter,
      job.format.lineEnding, job.version, job.created.seconds, job.modified.seconds, job.state.rawValue,
    ])
  }

  /// Writes down how far a job is.
  func save(_ job: BulkJob) throws {
    try db.cachedStatement(
      sql: """
        UPDATE bulk_job SET modified = ?, state = ?, polls = ?, processed = ?, failed = ?, error = ? WHERE id = ?
        """
    ).execute(arguments: [
      try world.now.seconds, job.state.rawValue, job.polls, job.processed, job.failed, job.error, job.id,
    ])
  }

  /// - Throws: a `Refusal` 404 when there is no such job of that kind.
  func job(_ id: String, _ kind: BulkJob.Kind) throws -> BulkJob {
    let wanted = SalesforceID.normalized(id) ?? id
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM bulk_job WHERE id = ? AND kind = ?"), arguments: [wanted, kind.rawValue])
    guard let row else { throw SalesforceService.notFound }
    return BulkJob(row)
  }

  /// A page of the list of jobs of a kind, newest last.
  func list(_ kind: BulkJob.Kind, after seq: Int) throws -> JSONValue {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM bulk_job WHERE kind = ? AND seq > ? ORDER BY seq LIMIT 1001"),
      arguments: [kind.rawValue, seq])
    let jobs = rows.prefix(1000).map { row -> JSONValue in
      var members = BulkJob(row).brief
      members["jobType"] = .string(kind == .query ? "V2Query" : "V2Ingest")
      return .object(members)
    }
    let next: JSONValue =
      rows.count > 1000
      ? .string("/services/data/v62.0/jobs/\(kind.rawValue)?queryLocator=\(rows[999]["seq"] as Int)") : .null
    return ["done": .bool(rows.count <= 1000), "records": .array(jobs), "nextRecordsUrl": next]
  }

  func delete(_ job: BulkJob) throws {
    guard job.state.isTerminal else {
      throw Refusal(
        status: 400, code: "API_ERROR",
        message: "Error encountered when deleting the job because the job is not terminated")
    }
    for table in ["bulk_id", "bulk_line", "bulk_row"] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE job = ?").execute(arguments: [job.id])
    }
    try db.cachedStatement(sql: "DELETE FROM bulk_job WHERE id = ?").execute(arguments: [job.id])
  }

  /// Lets a job that was asked for get on by a step, and gives it as it is then.
  func advanced(_ given: BulkJob) throws -> BulkJob {
    var job = given
    guard job.state == .uploadComplete || job.state == .inProgress else { return job }
    job.polls += 1
    if job.polls < (try world.switches.number(.bulkPolls)) {
      job.state = .inProgress
    } else {
      try work(&job)
    }
    try save(job)
    return job
  }

  /// Ends the jobs for which nobody asked in a while, as the service does on its own.
  func advanceDue() throws {
    let isUnderWay = "state IN ('UploadComplete', 'InProgress')"
    // Every request asks, and mostly there is none.
    let first = try Int.fetchOne(db.cachedStatement(sql: "SELECT min(modified) FROM bulk_job WHERE \(isUnderWay)"))
    let due = try world.now.seconds - BulkStore.patience
    guard let first, first <= due else { return }
    let statement = try db.cachedStatement(
      sql: "SELECT * FROM bulk_job WHERE \(isUnderWay) AND modified <= ? ORDER BY seq")
    for row in try Row.fetchAll(statement, arguments: [due]) {
      var job = BulkJob(row)
      while !job.state.isTerminal { try work(&job) }
      try save(job)
    }
  }

  private func work(_ job: inout BulkJob) throws {
    job.state = .inProgress
    switch job.kind {
    case .query: try BulkQueryRun(world: world).run(&job)
    case .ingest: try BulkIngestRun(world: world).run(&job)
    }
  }

  /// The end that the org's switches have in store for jobs, other than completion.
  func forcedEnd() throws -> (state: BulkJob.State, afterRows: Int, message: String)? {
    let switches = try world.switches
    let rows = switches.number(.bulkEndAfterRows)
    switch switches.text(.bulkEnd) {
    case "failed": return (.failed, rows, "InternalServerError : Processing stopped after 20 retries")
    case "aborted": return (.aborted, rows, "Job was aborted by an administrator")
    default: return nil
    }
  }
}
