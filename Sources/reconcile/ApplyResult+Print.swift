import JSON
import Ledger
import Load
import Model

extension ApplyResult {
  /// Tells what became of the rows: one line for a person, or one JSON line.
  func print(_ run: RunEntry, to console: Console) {
    guard !console.isJSON else {
      let members = counts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        JSONMember($0.key.rawValue, .number(String($0.value)))
      }
      console.data(
        JSONValue.object([
          JSONMember("message_type", .string("apply")), JSONMember("run_id", .string(run.id.text)),
          JSONMember("plan_digest", .string(run.digest)), JSONMember("outcomes", .object(members)),
        ]).text)
      return
    }
    guard !console.isQuiet else { return }
    let parts = Outcome.allCases.compactMap { outcome in counts[outcome].map { "\($0) \(outcome.rawValue)" } }
    console.data("Run \(run.id): \(parts.isEmpty ? "nothing to apply" : parts.joined(separator: ", "))")
    console.data("Plan digest: \(run.digest)")
    if isInterrupted { console.say("Interrupted in good order; go on with: reconcile apply \(run.id) --resume") }
  }
}
