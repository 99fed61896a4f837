import Foundation
import Ledger
import Model
import Workspace

/// Waits until no request of an earlier run can arrive any more.
struct Quiet {
  private let period: QuietPeriod

  /// The wait that the configuration asks for; none for a workspace that has no services.
  init(_ workspace: OpenWorkspace) {
    period = QuietPeriod(seconds: Double(workspace.configuration?.safety.quietSeconds ?? 0))
  }

  /// Waits, and tells why; whoever interrupts it ends the process, which has done nothing yet.
  func wait(for ledger: LedgerFile, _ console: Console) throws {
    let seconds = try period.remaining(in: ledger, now: Date())
    guard seconds > 0 else { return }
    console.say(
      "an earlier request has no answer and may still arrive: waiting \(Int(seconds.rounded(.up))) s "
        + "(safety.quiet_seconds)")
    Thread.sleep(forTimeInterval: seconds)
  }
}
