import Foundation
import Model
import Testing
import Workspace

@testable import Notify

@Suite("What a night is an occasion for")
struct SituationTests {
  @Test(
    "a channel that was told nothing yet hears of",
    arguments: [
      ("a quiet night: nothing", Nights.night(), []),
      ("rows that wait: the decision", Nights.night(.waiting, waiting: ["a", "b"]), [.waiting]),
      ("rows that failed: the failure", Nights.night(.someFailed, outcomes: ["failed": 1]), [.failure]),
      ("rows of unknown outcome: the failure", Nights.night(.someFailed, outcomes: ["unknown": 1]), [.failure]),
      (
        "stale rows alone: nothing, the next night takes them up", Nights.night(.someFailed, outcomes: ["stale": 3]), []
      ),
      (
        "stale rows beside waiting ones: the decision",
        Nights.night(.someFailed, outcomes: ["stale": 3], waiting: ["a"]), [.waiting]
      ),
      (
        "failed and waiting rows: both, the failure first",
        Nights.night(.someFailed, outcomes: ["failed": 1], waiting: ["a"]), [.failure, .waiting]
      ),
      ("a safety stop: that, and no failure", Nights.broken(.safetyStop, .snapshotShrunk), [.safetyStop]),
      ("a refused sign-in: the failure", Nights.broken(.signIn, .signInRefused), [.failure]),
      ("an incomplete snapshot: the failure", Nights.broken(.incomplete, .snapshotIncomplete), [.failure]),
      ("a bad mapping: the failure", Nights.broken(.configuration, .mappingSyntax), [.failure]),
      ("any other error: the failure", Nights.broken(.error, .unreachable), [.failure]),
      ("an interruption: the failure", Nights.night(.interrupted), [.failure]),
      ("another run that holds the lock: nothing", Nights.broken(.locked, .ledgerLocked), []),
      ("15 days of the token: nothing", Nights.night(tokenDays: 15), []),
      ("14 days of the token: that", Nights.night(tokenDays: 14), [.token]),
      ("no day of the token: that", Nights.night(tokenDays: 0), [.token]),
      ("a token of unknown age: nothing", Nights.night(tokenDays: nil), []),
    ] as [(String, Night, [Occasion])])
  func first(name: String, night: Night, expected: [Occasion]) {
    #expect(NoticeMemory().due(night, Set(Occasion.allCases), to: .mail) == expected, "\(name)")
    #expect(NoticeMemory().due(night, [], to: .mail) == [], "\(name)")
    for occasion in expected { #expect(NoticeMemory().due(night, [occasion], to: .mail) == [occasion], "\(name)") }
  }

  @Test(
    "a lock that stays is told once no run has gone through for 36 hours", arguments: [(35.0, false), (37.0, true)])
  func locked(hours: Double, isTold: Bool) {
    var memory = NoticeMemory()
    memory.lastSuccess = Timestamp.iso(Nights.time())
    let night = Nights.broken(.locked, .ledgerLocked, at: hours)
    #expect(memory.due(night, [.failure], to: .mail) == (isTold ? [.failure] : []))
  }

  @Test(
    "a run went through with these endings",
    arguments: [
      (Model.ExitStatus.done, true), (.changes, true), (.waiting, true), (.error, false), (.someFailed, false),
      (.safetyStop, false), (.locked, false), (.signIn, false), (.incomplete, false), (.usage, false),
      (.configuration, false), (.interrupted, false),
    ])
  func success(exit: Model.ExitStatus, isSuccess: Bool) {
    #expect(Nights.night(exit, outcomes: ["applied": 1]).isSuccess == isSuccess)
  }
}
