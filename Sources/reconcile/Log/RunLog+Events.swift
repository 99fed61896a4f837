import Ledger
import Logging
import Model
import Wire

// What a run tells its log: counts, codes and ids of requests, nothing of a deal.
extension RunLog {
  /// A command begins.
  func begins(_ command: String) {
    write(.info, "begins", ["command": "\(command)"])
  }

  /// A command ends so.
  func ends(_ command: String, _ status: ExitStatus, after duration: Duration) {
    write(
      .info, "ends",
      ["command": "\(command)", "exit_status": "\(status.rawValue)", "milliseconds": "\(duration.milliseconds)"])
  }

  /// The snapshots of a run are taken.
  func took(_ snapshots: [RecordKind: SnapshotCount]) {
    for kind in RecordKind.allCases {
      guard let count = snapshots[kind] else { continue }
      write(
        .info, "snapshot",
        [
          "kind": "\(kind.rawValue)", "total": "\(count.total)", "new": "\(count.new)", "moved": "\(count.moved)",
          "missing": "\(count.missing)",
        ])
    }
  }

  /// A part of a run took so long.
  func took(_ milliseconds: [String: Int]) {
    for (stage, duration) in milliseconds.sorted(by: { $0.key < $1.key }) {
      write(.debug, "stage", ["stage": "\(stage)", "milliseconds": "\(duration)"])
    }
  }

  /// A row has its outcome.
  func settled(_ row: PlanRow) {
    var fields: Logger.Metadata = [
      "row": "\(row.seq)", "action": "\(row.change.action.rawValue)", "direction": "\(row.change.direction.rawValue)",
      "outcome": "\(row.outcome.rawValue)",
    ]
    if let code = row.answer.code { fields["code"] = "\(code.rawValue)" }
    if let status = row.answer.status { fields["http_status"] = "\(status)" }
    if !row.answer.requestID.isEmpty { fields["request_id"] = "\(row.answer.requestID)" }
    write(row.outcome.isTrouble ? .warning : .info, "row settled", fields)
  }

  /// A side waits.
  func waits(_ side: Side, _ wait: Wait) {
    write(
      .info, wait.description,
      ["service": "\(side.rawValue)", "milliseconds": "\(Int(min(wait.seconds, 86_400) * 1000))"])
  }

  /// What a command tells without a log.
  func said(_ text: String) { write(.notice, text) }

  /// A warning that stops nothing.
  func warned(_ text: String) { write(.warning, text) }

  /// A failure that a person reads; a safety stop among them.
  func failed(_ failure: Failure) {
    var fields: Logger.Metadata = [
      "code": "\(failure.code.rawValue)", "exit_status": "\(failure.code.exitStatus.rawValue)",
    ]
    if let fix = failure.fix { fields["fix"] = "\(fix)" }
    write(.error, failure.code.exitStatus == .safetyStop ? "safety stop: \(failure.message)" : failure.message, fields)
  }
}

extension Outcome {
  /// Whether somebody wants to know of it at once.
  fileprivate var isTrouble: Bool {
    switch self {
    case .failed, .stale, .unknown, .notAttempted: true
    case .planned, .applied, .held, .rejected: false
    }
  }
}
