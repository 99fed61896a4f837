package import Foundation
package import Model

extension SafetyLimits {
  /// Checks that a plan's snapshots are not too old: the older they are, the more of its rows nobody has seen as they are.
  ///
  /// - Parameters:
  ///   - run: the plan.
  ///   - started: when the snapshots were taken, as `2026-11-02T08:00:00Z`.
  ///   - now: the clock.
  /// - Throws: `Failure` with `planTooOld`; also when the age cannot be told, because the clock was set back.
  package func checkAge(of run: RunID, started: String, now: Date) throws(Failure) {
    guard let start = Timestamp.parse(started), start <= now.addingTimeInterval(300) else {
      throw Failure(
        .planTooOld, "the snapshots of the plan \(run) were taken at \(started), which lies ahead of the clock",
        fix: "set the clock right and make a new plan; or, if they are as old as you know: apply \(run) "
          + SafetyLimit.age.flag)
    }
    let seconds = now.timeIntervalSince(start)
    guard seconds > Double(maximumAgeHours) * 3600 else { return }
    throw Failure(
      .planTooOld,
      "the snapshots of the plan \(run) are \(Int(seconds / 3600)) hours old; the limit is \(maximumAgeHours) "
        + "(safety.max_plan_age_hours)",
      fix: "make a new plan; or, if nothing has moved since: apply \(run) \(SafetyLimit.age.flag)")
  }
}
