import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Ledger

/// Old runs leave, and nothing that is left notices.
@Suite struct RetentionTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  /// A row of a plan as far as retention looks at it.
  private func row(
    _ seq: Int, of run: Int, referral: String = "r1", action: String = "update", field: String = "",
    undoing undone: RunID? = nil, outcome: Outcome = .applied
  ) throws {
    try ledger.write { transaction in
      try transaction.database.execute(
        sql: """
          INSERT INTO change VALUES (
            ?, ?, ?, 'o1', 'Deal', ?, 'to-salesforce', ?, '', '', '', '', 'normal', 'R82', 'N102', '', ?, '', 'apply', ?, '')
          """,
        arguments: [
          run, seq, referral, action, field, undone.map { #"{"undoes":{"run":"\#($0)","seq":1}}"# } ?? "",
          outcome.rawValue,
        ])
    }
  }

  private func set(_ run: Int, _ state: RunEntry.State) throws {
    try ledger.write { try $0.setRun(run, state: state) }
  }

  private func numbers() throws -> [Int] { try ledger.read { try $0.runs().map(\.number).reversed() } }

  private func nights(_ count: Int) throws {
    for night in 1...count {
      try ledger.night(night, [.of("a", "\(night)"), .of("b", "same"), .of("c\(night)", "1")])
      try set(night, .applied)
    }
  }

  // MARK: Snapshots

  @Test("every snapshot of a run that stays reads as before, whatever goes", arguments: 0..<12)
  func snapshots(round: Int) throws {
    var dice = SeededGenerator(seed: 20_261_102 + UInt64(round))
    var records: [String: String] = [:]
    for night in 1...30 {
      for number in 0..<25 {
        let id = "r\(number)"
        switch Int.random(in: 0..<12, using: &dice) {
        case 0: records[id] = nil
        case 1, 2: records[id] = "\(Int.random(in: 0..<3, using: &dice))"
        default: break
        }
      }
      try ledger.night(night, records.map { .of($0.key, $0.value) }, [.of("o", "\(night / 4)")])
      try set(night, dice.once(in: 9) ? .applying : .applied)
    }
    let before = try contents()
    let standing = try dump(folder.ledger).filter { $0.contains("end_run:NULL") }
    let retention = Retention(runs: Int.random(in: 1...12, using: &dice))
    let told = try ledger.removal(by: retention)
    #expect(try contents() == before, "a rehearsal changed something")
    let removal = try ledger.remove(by: retention, at: "2026-12-24T00:00:00Z")
    #expect(removal == told)
    #expect(removal.runs.count + removal.staying.count + retention.runs == 30)
    #expect(removal.staying.allSatisfy { $0.reason == .begun })
    let after = try contents()
    #expect(after == before.filter { after[$0.key] != nil } && after.count == 30 - removal.runs.count)
    #expect(try dump(folder.ledger).filter { $0.contains("end_run:NULL") } == standing)
    // Nothing is left that no run sees.
    let orphans = "SELECT count(*) FROM record WHERE NOT EXISTS (SELECT 1 FROM run WHERE number >= first_run AND "
    #expect(try number(orphans + "(end_run IS NULL OR number < end_run))", in: folder.ledger) == 0)
    #expect(try ledger.remove(by: retention, at: "").runs.isEmpty)
  }

  /// What each run's snapshots hold, with their digests.
  private func contents() throws -> [Int: [String]] {
    try Dictionary(
      uniqueKeysWithValues: numbers().map { run in
        let digests = try ledger.read { try $0.snapshotDigests(asOf: run) }.map { "\($0.key) \($0.value)" }
        return (run, try ledger.names(asOf: run).map { "\($0.key)=\($0.value)" }.sorted() + digests.sorted())
      })
  }

  // MARK: Which stay

  @Test(
    "the newest stay, and one at least",
    arguments: [(0, [5]), (1, [5]), (3, [3, 4, 5]), (5, [1, 2, 3, 4, 5]), (9, [1, 2, 3, 4, 5])])
  func newest(runs: Int, left: [Int]) throws {
    try nights(5)
    let removal = try ledger.remove(by: Retention(runs: runs), at: "2026-12-24T00:00:00Z")
    #expect(try numbers() == left && removal.runs.count == 5 - left.count && removal.staying.isEmpty)
    for run in removal.runs { #expect(try ledger.read { try $0.removal(of: run) } == "2026-12-24T00:00:00Z") }
    #expect(try ledger.read { try $0.removedRuns() } == removal.runs)
    // A number is never given twice.
    try ledger.night(6, [])
    #expect(try numbers().last == 6)
  }

  @Test(
    "runs about single events push no night out, and go with the nights around them",
    arguments: [
      (1, [2, 5], [7]), (2, [2, 5, 6, 7], [3, 4, 5, 6, 7]), (3, [2, 5], [4, 5, 6, 7]),
      (5, [2, 5], [1, 2, 3, 4, 5, 6, 7]),
    ])
  func touched(runs: Int, touched: [Int], left: [Int]) throws {
    try nights(7)
    try ledger.write { transaction in
      for number in touched {
        try transaction.database.execute(sql: "UPDATE run SET kind = 'touched' WHERE number = ?", arguments: [number])
      }
    }
    _ = try ledger.remove(by: Retention(runs: runs), at: "2026-12-24T00:00:00Z")
    #expect(try numbers() == left)
  }

  /// What an older run has, and why it stays.
  private enum Hold: String, CaseIterable {
    case begun, shown, unknownRow, openIntent, unknownRequest, undoneByOpenPlan, takesBack, incomplete, completing
  }

  @Test("an older run stays as long as something rests on it", arguments: Hold.allCases)
  private func staying(hold: Hold) throws {
    try nights(6)
    var retention = Retention(runs: 2)
    retention.completing = "Tick"
    let name = try #require(try ledger.read { try $0.runs() }.first { $0.number == 2 }).id
    var expected: [Int: Retention.Reason] = [:]
    switch hold {
    case .begun:
      try set(2, .applying)
      expected = [2: .begun]
    case .shown:
      retention.shown = name
      expected = [2: .shown]
    case .unknownRow:
      try row(1, of: 2, outcome: .unknown)
      expected = [2: .inDoubt]
    case .openIntent, .unknownRequest:
      try ledger.write { transaction in
        let entry = try transaction.intend("k", rows: [1], what: "PATCH", of: 2, at: "2026-11-02T08:00:00Z")
        guard hold == .unknownRequest else { return }
        try transaction.conclude(entry, .unknown, requestID: "", at: "2026-11-02T08:00:01Z")
      }
      expected = [2: .inDoubt]
    case .undoneByOpenPlan:
      try undo(name, by: 6, .applying)
      expected = [2: .needed]
    case .takesBack:
      try set(2, .applying)
      try undo(name, by: 3, .applied)
      expected = [2: .begun, 3: .needed]
    case .incomplete:
      try row(1, of: 2, action: "create-opportunity")
      expected = [2: .incomplete]
    case .completing:
      // Without its tick, the creation would look incomplete, and the tick that a seller took off would be set again.
      try row(1, of: 2, action: "create-opportunity")
      try row(2, of: 2, referral: "r2", outcome: .unknown)
      try row(1, of: 4, field: "Tick")
      expected = [2: .inDoubt, 4: .needed]
    }
    let removal = try ledger.remove(by: retention, at: "")
    #expect(try numbers() == (expected.keys.sorted() + [5, 6]))
    #expect(removal.staying.map(\.reason) == expected.sorted { $0.key < $1.key }.map(\.value))
  }

  private func undo(_ run: RunID, by number: Int, _ state: RunEntry.State) throws {
    try ledger.write { transaction in
      try transaction.database.execute(sql: "UPDATE run SET kind = 'undo' WHERE number = ?", arguments: [number])
    }
    try row(1, of: number, field: "F", undoing: run)
    try set(number, state)
  }

  @Test("a creation that was completed goes with its run")
  func completed() throws {
    try nights(4)
    try row(1, of: 1, action: "create-opportunity")
    try row(2, of: 1, field: "Tick")
    var retention = Retention(runs: 2)
    retention.completing = "Tick"
    #expect(try ledger.remove(by: retention, at: "").rows == [.run: 2, .change: 2, .journal: 0, .record: 4])
    #expect(try number("SELECT count(*) FROM change", in: folder.ledger) == 0)
  }

  @Test("a plan that may still be applied stays, one that was overtaken goes")
  func open() throws {
    for night in 1...4 { try ledger.night(night, []) }
    try ledger.write { transaction in
      try transaction.advanceSerial()
      try transaction.database.execute(sql: "UPDATE run SET serial = (number = 2)")
    }
    let removal = try ledger.remove(by: Retention(runs: 1), at: "")
    #expect(try numbers() == [2, 4] && removal.staying.map(\.reason) == [.open])
  }

  // MARK: The life of a record

  @Test("the life of a record begins where the runs that are left begin")
  func life() throws {
    try nights(6)
    _ = try ledger.remove(by: Retention(runs: 2), at: "")
    let life = try ledger.read { try PairLife(of: "a", in: $0) }
    #expect(life.removedRuns == 4)
    #expect(life.events.map(\.run.number) == [5, 6])
    guard case .changed(.partnerCenter, let first)? = life.events.last?.what else {
      Issue.record("\(life.events)")
      return
    }
    #expect(first == [PairLife.ColumnChange(column: "name", old: "5", new: "6")])
    #expect(throws: Failure.self) { try ledger.read { try PairLife(of: "c1", in: $0) } }
    let failure = failure { _ = try ledger.read { try PairLife(of: "c1", in: $0) } }
    #expect(
      failure?.message
        == "the ledger holds nothing of a record \"c1\"; what it knew of it may have gone with the 4 runs that were "
        + "removed (retention.runs)")
  }

  @Test("what happened in a run that is gone shows in the next one that is left")
  func gap() throws {
    for (night, name) in ["1", "2", "3", "3", "4"].enumerated() {
      try ledger.night(night + 1, [.of("a", name)])
      try set(night + 1, night == 0 ? .applying : .applied)
    }
    _ = try ledger.remove(by: Retention(runs: 2), at: "")
    let life = try ledger.read { try PairLife(of: "a", in: $0) }
    #expect(life.events.map(\.run.number) == [1, 4, 5])
    let changes = life.events.compactMap { event -> [PairLife.ColumnChange]? in
      if case .changed(_, let columns) = event.what { columns } else { nil }
    }
    #expect(changes.flatMap(\.self).map { "\($0.old) \($0.new)" } == ["1 3", "3 4"])
  }

  // MARK: Conflicts

  @Test("a conflict is open since the plan that saw it first, also when that plan is gone")
  func conflicts() throws {
    func night(_ number: Int, _ standings: [String: Standing]) throws {
      try ledger.night(number, [])
      try ledger.write { transaction in
        try transaction.database.execute(sql: "DELETE FROM verdict")
        for (id, standing) in standings {
          try transaction.store(
            Verdict(
              PairKey(referralID: id, opportunityID: "o"), standing, Verdict.Face(name: id), code: .conflict,
              reason: "",
              isSettled: standing == .inSync))
        }
        try transaction.noteConflicts(at: "2026-11-0\(number)T02:00:00Z")
      }
      try set(number, .applied)
    }
    func oldest() throws -> String? { try ledger.read { try $0.oldestConflict() } }
    #expect(try oldest() == nil)
    try night(1, ["a": .inSync])
    #expect(try oldest() == nil)
    try night(2, ["a": .conflict, "b": .inSync])
    try night(3, ["a": .conflict, "b": .conflict])
    #expect(try oldest() == "2026-11-02T02:00:00Z")
    _ = try ledger.remove(by: Retention(runs: 1), at: "")
    #expect(try oldest() == "2026-11-02T02:00:00Z")
    try night(4, ["a": .held, "b": .conflict])
    #expect(try oldest() == "2026-11-03T02:00:00Z")
    try night(5, ["a": .conflict, "b": .inSync])
    #expect(try oldest() == "2026-11-05T02:00:00Z")
  }

  // MARK: The file

  @Test("a ledger of the release before gets the tables, and its conflicts the age that is known")
  func migrated() throws {
    try ledger.night(1, [])
    try ledger.write { transaction in
      try transaction.store(
        Verdict(
          PairKey(referralID: "r", opportunityID: "o"), .conflict, Verdict.Face(name: "Deal"), code: .conflict,
          reason: "", isSettled: false))
      try transaction.database.execute(
        sql: """
          DROP TABLE removed_run; DROP TABLE conflict; DROP INDEX record_past; DROP INDEX journal_run;
          DELETE FROM grdb_migrations WHERE identifier LIKE '4 %'
          """)
    }
    let again = try LedgerFile(at: folder.ledger)
    #expect(try again.read { try $0.oldestConflict() } == "2026-11-02T08:00:00Z")
    #expect(try again.read { try $0.removedRuns() }.isEmpty)
  }

  @Test("the file keeps its length when runs go, is used again, and shrinks when it is told to")
  func shrinks() throws {
    let text = String(repeating: "long ", count: 400)
    for night in 1...20 {
      try ledger.night(night, (0..<40).map { .of("r\($0)", "\(night) \(text)") })
      try set(night, .applied)
    }
    let lock = try RunLock(beside: folder.ledger, purpose: "test")
    ledger.seal(holding: lock)
    let long = ledger.bytes
    let removal = try ledger.remove(by: Retention(runs: 2), at: "")
    #expect(removal.freeBytes > long / 2)
    try ledger.night(21, (0..<40).map { .of("r\($0)", "21 \(text)") })
    ledger.seal(holding: lock)
    #expect(ledger.bytes == long)
    let names = try ledger.names(asOf: 21)
    try ledger.shrink()
    ledger.seal(holding: lock)
    #expect(ledger.bytes < long / 2)
    #expect(try LedgerFile(at: folder.ledger).names(asOf: 21) == names)
  }
}
