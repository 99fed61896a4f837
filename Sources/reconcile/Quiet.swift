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

  /// Waits, and tells why; whoever interrupts it ends the process or the wait, and nothing has been done yet.
  func wait(for ledger: LedgerFile, _ console: Console, heeding interrupt: Interrupt? = nil) throws {
    let seconds = try period.remaining(in: ledger, now: Date())
    guard seconds > 0 else { return }
    console.say(
      "an earlier request has no answer and may still arrive: waiting \(Int(seconds.rounded(.up))) s "
        + "(safety.quiet_seconds)")
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      try interrupt?.heed()
      Thread.sleep(forTimeInterval: min(seconds, Self.glance))
    }
  }

  /// Seconds between two looks whether somebody interrupts.
  private static let glance = 0.1
}
