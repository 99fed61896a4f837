import GRDB

/// A job of the Bulk API 2.0.
struct BulkJob {
  /// What a job is for, by the path under which it lives.
  enum Kind: String {
    case query
    case ingest
  }

  /// How far a job is, in the service's words.
  enum State: String {
    case open = "Open"
    case uploadComplete = "UploadComplete"
    case inProgress = "InProgress"
    case complete = "JobComplete"
    case failed = "Failed"
    case aborted = "Aborted"

    var isTerminal: Bool {
      switch self {
      case .open, .uploadComplete, .inProgress: false
      case .complete, .failed, .aborted: true
      }
    }
  }

  let id: String
  let kind: Kind
  let operation: String
  let object: String
  /// The statement of a query; empty for an ingest.
  let soql: String
  let externalId: String?
  let format: BulkFormat
  let version: String
  let created: Stamp
  var modified: Stamp
  var state: State
  /// How often the job was asked for since its data was complete.
  var polls = 0
  var processed = 0
  var failed = 0
  var error: String?

  init(_ row: Row) {
    id = row["id"]
    kind = Kind(rawValue: row["kind"]) ?? .query
    operation = row["operation"]
    object = row["object"]
    soql = row["soql"]
    externalId = row["external_id"]
    format = BulkFormat(delimiter: row["delimiter"], lineEnding: row["line_ending"])
    version = row["version"]
    created = Stamp(row["created"])
    modified = Stamp(row["modified"])
    state = State(rawValue: row["state"]) ?? .open
    polls = row["polls"]
    processed = row["processed"]
    failed = row["failed"]
    error = row["error"]
  }

  init(
    id: String, kind: Kind, operation: String, object: String, soql: String, externalId: String?, format: BulkFormat,
    version: String, created: Stamp, state: State
  ) {
    self.id = id
    self.kind = kind
    self.operation = operation
    self.object = object
    self.soql = soql
    self.externalId = externalId
    self.format = format
    self.version = version
    self.created = created
    modified = created
    self.state = state
  }

  /// The job as it is answered on creation and change.
  var brief: JSONObject {
    var members = JSONObject([
      ("id", .string(id)), ("operation", .string(operation)), ("object", .string(object)),
      ("createdById", .string(SalesforceID.integrationUser)), ("createdDate", .string(created.salesforce)),
      ("systemModstamp", .string(modified.salesforce)), ("state", .string(state.rawValue)),
      ("concurrencyMode", "Parallel"), ("contentType", "CSV"), ("apiVersion", .number(version)),
    ])
    if kind == .ingest {
      if let externalId { members["externalIdFieldName"] = .string(externalId) }
      if state == .open { members["contentUrl"] = .string("services/data/v\(version)/jobs/ingest/\(id)/batches") }
    }
    members["lineEnding"] = .string(format.lineEnding)
    members["columnDelimiter"] = .string(format.delimiter)
    return members
  }

  /// The job as it is answered when asked for.
  var full: JSONValue {
    var members = brief
    members["jobType"] = .string(kind == .query ? "V2Query" : "V2Ingest")
    members["numberRecordsProcessed"] = .int(processed)
    if kind == .ingest { members["numberRecordsFailed"] = .int(failed) }
    members["retries"] = 0
    members["totalProcessingTime"] = .int(state == .open ? 0 : 100 + processed / 10)
    if kind == .ingest {
      members["apiActiveProcessingTime"] = .int(processed / 12)
      members["apexProcessingTime"] = 0
    } else {
      members["isPkChunkingSupported"] = true
    }
    if let error { members["errorMessage"] = .string(error) }
    return .object(members)
  }
}
