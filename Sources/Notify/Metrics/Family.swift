/// The families of the metrics file, in its order.
enum Family: String, CaseIterable {
  case lastSuccess = "reconcile_last_success_timestamp_seconds"
  case lastRun = "reconcile_last_run_timestamp_seconds"
  case duration = "reconcile_last_run_duration_seconds"
  case exitStatus = "reconcile_last_run_exit_status"
  case requests = "reconcile_last_run_requests"
  case records = "reconcile_records"
  case changes = "reconcile_changes"
  case waiting = "reconcile_waiting_rows"
  case conflicts = "reconcile_conflicts"
  case oldestConflict = "reconcile_oldest_conflict_timestamp_seconds"
  case token = "reconcile_token_days_left"

  /// What it says, in one line.
  var help: String {
    switch self {
    case .lastSuccess: "When a run went through last."
    case .lastRun: "When the last run ended."
    case .duration: "How long the last run took."
    case .exitStatus: "The exit status of the last run."
    case .requests: "Requests of the last run by service and HTTP status, none where no answer came."
    case .records: "Lines of reconciliation.csv by status, after the last run that came so far."
    case .changes: "Rows of changes.csv by outcome, after the last run that came so far."
    case .waiting: "Rows that wait for a person."
    case .conflicts: "Conflicts among the rows that wait."
    case .oldestConflict: "Since when the oldest open conflict is open; absent while none is."
    case .token: "Days until the refresh token of Partner Center ends unless it is used; absent while unknown."
    }
  }
}
