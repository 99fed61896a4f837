import JSON

/// A job of the Bulk API 2.0 as Salesforce tells of it.
struct BulkJob {
  /// The two kinds of jobs, each with resources of its own.
  enum Family: String {
    case query
    case ingest
  }

  /// How far a job is.
  enum State: String {
    case open = "Open"
    case uploadComplete = "UploadComplete"
    case inProgress = "InProgress"
    case jobComplete = "JobComplete"
    case failed = "Failed"
    case aborted = "Aborted"

    /// Whether nothing more will happen.
    var isFinal: Bool {
      switch self {
      case .open, .uploadComplete, .inProgress: false
      case .jobComplete, .failed, .aborted: true
      }
    }
  }

  let id: String
  let state: State
  /// Records that were read, or written with or without success.
  let processed: Int?
  /// Records that were refused.
  let failed: Int?
  let errorMessage: String?

  /// Reads the description of a job; nil when it is none.
  init?(_ document: JSONValue) {
    guard let id = document["id"]?.stringValue, SOQL.isID(id),
      let state = document["state"]?.stringValue.flatMap(State.init)
    else { return nil }
    self.id = id
    self.state = state
    processed = document["numberRecordsProcessed"]?.numberText.flatMap { Int($0) }
    failed = document["numberRecordsFailed"]?.numberText.flatMap { Int($0) }
    errorMessage = document["errorMessage"]?.stringValue
  }
}
