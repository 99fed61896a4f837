import Foundation
import Model
import Testing
import Workspace

@testable import Notify

@Suite("What is told again, and what is not")
struct NoticeMemoryTests {
  /// Plays nights one after the other and tells what each is an occasion for, by words; the channel takes everything.
  private func told(
    _ nights: [Night], on occasions: Set<Occasion> = Set(Occasion.allCases), failing: Set<Int> = []
  ) -> [String] {
    var memory = NoticeMemory()
    return nights.enumerated().map { index, night in
      let due = memory.due(night, occasions, to: .webhook)
      memory.note(failing.contains(index) ? [] : due, of: night, to: .webhook, occasions)
      if night.isSuccess { memory.lastSuccess = Timestamp.iso(night.ended) }
      return due.map(\.rawValue).joined(separator: " ")
    }
  }

  private func waiting(_ rows: String..., at day: Int) -> Night {
    Nights.night(rows.isEmpty ? .done : .waiting, at: Double(day * 24), waiting: rows)
  }

  @Test("the same rows that wait are told once, and once more after a week")
  func sameRows() {
    let nights = (0...14).map { waiting("a", "b", at: $0) }
    #expect(told(nights) == (0...14).map { $0 % 7 == 0 ? "waiting" : "" })
  }

  @Test("a row that is new among those that wait is told; fewer of them are not, and one that comes back is new")
  func otherRows() {
    let nights = [
      waiting("a", at: 0), waiting("a", "b", at: 1), waiting("b", at: 2), waiting("a", "b", at: 3), waiting(at: 4),
      waiting("b", at: 5),
    ]
    #expect(told(nights) == ["waiting", "waiting", "", "waiting", "", "waiting"])
  }

  @Test("rows that wait are not forgotten over nights that never got to see them")
  func brokenNights() {
    let nights = [waiting("a", at: 0), Nights.broken(.signIn, .signInRefused, at: 24), waiting("a", at: 2)]
    #expect(told(nights) == ["waiting", "failure", "recovery"])
  }

  @Test("a failure that lasts is told once a night, however often the run is called; another one at once")
  func failures() {
    let same = [0, 0.1, 12, 23.9, 24, 48].map { Nights.broken(.error, .unreachable, at: $0) }
    #expect(told(same) == ["failure", "", "", "failure", "", "failure"])
    let other = [
      Nights.broken(.error, .unreachable), Nights.broken(.error, .timedOut, at: 1),
      Nights.broken(.safetyStop, .snapshotEmpty, at: 2),
    ]
    #expect(told(other) == ["failure", "failure", "safety-stop"])
  }

  @Test("what went wrong and was told is followed by the news that it is over, once")
  func recovery() {
    let nights = [
      Nights.night(), Nights.broken(.safetyStop, .snapshotShrunk, at: 24), Nights.night(at: 48), Nights.night(at: 72),
      Nights.broken(.error, .unreachable, at: 96), Nights.night(.waiting, at: 120, waiting: ["a"]),
    ]
    #expect(told(nights) == ["", "safety-stop", "recovery", "", "failure", "waiting recovery"])
    #expect(told(nights, on: [.recovery]) == ["", "", "", "", "", ""])
    #expect(told(nights, on: [.failure]) == ["", "", "", "", "failure", ""])
  }

  @Test("a token that runs out is told at 14, 7, 3 and 1 days, and again when a new one does")
  func token() {
    let days = [20, 14, 13, 8, 7, 6, 3, 2, 1, 0, 89, 14]
    let nights = days.enumerated().map { Nights.night(at: Double($0 * 24), tokenDays: $1) }
    let expected = ["", "token", "", "", "token", "", "token", "", "token", "", "", "token"]
    #expect(told(nights) == expected)
  }

  @Test("a token that is first looked at with two days left is told once")
  func lateToken() {
    #expect(told([Nights.night(tokenDays: 2), Nights.night(at: 24, tokenDays: 2)]) == ["token", ""])
  }

  @Test("what could not be told is due the next time, also the news that it is over")
  func undelivered() {
    let nights = [
      Nights.broken(.error, .unreachable), Nights.broken(.error, .unreachable, at: 1), Nights.night(at: 24),
      Nights.night(at: 48), Nights.night(at: 72),
    ]
    #expect(told(nights, failing: [0, 2]) == ["failure", "failure", "recovery", "recovery", ""])
  }

  @Test("a clock that was set back silences nobody")
  func clockSetBack() {
    #expect(
      told([Nights.broken(.error, .unreachable, at: 500), Nights.broken(.error, .unreachable)]) == [
        "failure", "failure",
      ])
  }

  @Test("a week of nights that fail, then wait, then rest: what is told in all")
  func week() {
    let nights = [
      Nights.broken(.signIn, .signInRefused, at: 0), Nights.broken(.signIn, .signInRefused, at: 24),
      waiting("a", at: 2), waiting("a", at: 3), waiting(at: 4), waiting(at: 5), waiting(at: 6),
    ]
    #expect(told(nights) == ["failure", "failure", "waiting recovery", "", "", "", ""])
  }
}
