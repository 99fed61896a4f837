import Foundation
import Model
import Workspace

@testable import Notify

/// Nights of every sort, made up.
enum Nights {
  /// `2026-11-02T02:15:00Z` and so many hours.
  static func time(_ hours: Double = 0) -> Date {
    (Timestamp.parse("2026-11-02T02:15:00Z") ?? .distantPast).addingTimeInterval(hours * 3600)
  }

  /// A night that ended so, after a plan.
  static func night(
    _ exit: ExitStatus = .done, at hours: Double = 0, outcomes: [String: Int] = ["applied": 12],
    codes: [Code] = [], waiting: [String] = [], conflicts: Int = 0, tokenDays: Int? = 88
  ) -> Night {
    var night = Night(started: time(hours), ended: time(hours).addingTimeInterval(75), exit: exit)
    night.run = RunID("20261102T021500Z-abcd")
    night.failures = codes.map { Failure($0, "a sentence of \($0.rawValue) that names Contoso, 006Sb00000000aB") }
    night.standings = ["in-sync": 40, "conflict": conflicts]
    night.outcomes = outcomes
    night.waiting = waiting.count
    night.waitingRows = Set(waiting)
    night.waitingDeals = waiting.map { "Deal \($0)" }
    night.conflicts = conflicts
    night.oldestConflict = conflicts > 0 ? time(-120) : nil
    night.tokenDaysLeft = tokenDays
    night.reports = "/srv/co_sell/reports/20261102T021500Z-abcd"
    return night
  }

  /// A night that ended before it had a run.
  static func broken(_ exit: ExitStatus, _ codes: Code..., at hours: Double = 0, tokenDays: Int? = nil) -> Night {
    var night = Night(started: time(hours), ended: time(hours).addingTimeInterval(3), exit: exit)
    night.failures = codes.map { Failure($0, "a sentence of \($0.rawValue) that names Contoso, 006Sb00000000aB") }
    night.tokenDaysLeft = tokenDays
    return night
  }
}
