/// A limit that stops a run before it can do harm on a large scale; its word lifts it for one run: `--allow update`.
package enum SafetyLimit: String, CaseIterable, Sendable, Codable {
  /// Too many deals would be changed on one side.
  case update
  /// Too many records of one sort would be created.
  case create
  /// Too many deals would be closed.
  case close
  /// One field would be changed on nearly all deals.
  case field
  /// The plan is older than its snapshots may be.
  case age
  /// A snapshot lost too many records.
  case shrink
  /// A side that held records holds none.
  case empty
  /// A record that must be in every snapshot is not.
  case canary

  /// Whether `plan` stops at it, before anything is stored; `apply` stops at the others, before anything is written.
  package var stopsPlan: Bool {
    switch self {
    case .shrink, .empty, .canary: true
    case .update, .create, .close, .field, .age: false
    }
  }

  /// What lifts it for one run.
  package var flag: String { "--allow \(rawValue)" }
}
