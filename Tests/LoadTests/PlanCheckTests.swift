import Foundation
import GRDB
import Ledger
import Load
import Model
import Testing

/// A plan holds only against the ledger, mapping and snapshots that it was made from: each mismatch has its own code.
@Suite("Plan identity")
struct PlanCheckTests {
  private let folder: String
  private let ledger: LedgerFile
  private let id: RunID

  init() throws {
    folder = NSTemporaryDirectory() + "identity-\(UUID().uuidString)"
    ledger = try LedgerFile(at: folder + "/ledger.sqlite")
    id = try #require(RunID("20261102T080000Z-abcd"))
    let change = Change(
      .update, .toSalesforce, field: "Deal value", values: Change.Values(new: "5"),
      because: Change.Grounds(.changedInPartnerCenter, rule: "R82", "why"), effect: nil)
    let verdict = Verdict(
      PairKey(referralID: "r1", opportunityID: "o1"), .changes, Verdict.Face(name: "Deal"), code: change.code,
      reason: "", changes: [change], isSettled: false)
    try ledger.write { [id] transaction in
      try transaction.beginTouching()
      let number = try transaction.openRun(id, kind: "plan", started: "2026-11-02T08:00:00Z", mapping: "m1")
      var snapshots: [RecordKind: SnapshotCount] = [:]
      for kind in [RecordKind.referral, .opportunity] {
        let writer = try transaction.snapshot(Shape(kind: kind, columns: ["id"]), run: number)
        for byte in 1...3 {
          try writer.add(
            SnapshotRow(
              id: "\(kind)\(byte)", partner: "", digest: Data(repeating: UInt8(byte), count: 16), content: "\(byte)"))
        }
        snapshots[kind] = try writer.finish()
      }
      try transaction.store(verdict)
      try transaction.propose(change, phase: 1, of: verdict, versions: PlanRow.Versions())
      try transaction.numberProposals(of: number)
      try transaction.sealRun(number, snapshots: snapshots)
    }
  }

  private func check(mapping: String = "m1", expecting expected: String? = nil, isResumed: Bool = false) throws {
    let run = try #require(try ledger.read { try $0.run(id) })
    try PlanCheck(run, mapping: mapping, expected: expected, isResumed: isResumed).check(in: ledger)
  }

  private func alter(_ sql: String) throws {
    let queue = try DatabaseQueue(path: ledger.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// What somebody does to the ledger, and the code that refuses the plan afterwards.
  static let mismatches: [(what: String, sql: String, code: Code)] = [
    ("a row's value", "UPDATE change SET new = '6' WHERE new = '5'", .planAltered),
    ("a row's pair", "UPDATE change SET referral = 'r2'", .planAltered),
    ("a row's version", "UPDATE change SET versions = replace(versions, char(31), 'x' || char(31))", .planAltered),
    ("a row taken out", "DELETE FROM change", .planAltered),
    ("the mapping it says it was made by", "UPDATE run SET mapping = 'm2'", .planAltered),
    ("the snapshots it says it was made from", "UPDATE run SET snapshots = '{}'", .planAltered),
    ("another ledger", "UPDATE meta SET value = 'other' WHERE name = 'lineage'", .planOfOtherLedger),
    ("a later run", "UPDATE meta SET value = value + 1 WHERE name = 'serial'", .planStale),
    ("a referral's content", "UPDATE record SET hash = zeroblob(16) WHERE id = 'referral2'", .snapshotAltered),
    ("an opportunity taken out", "DELETE FROM record WHERE id = 'opportunity1'", .snapshotAltered),
    ("a snapshot emptied", "DELETE FROM record WHERE id LIKE 'opportunity%'", .snapshotAltered),
    ("begun and not finished", "UPDATE run SET state = 'applying'", .planUsed),
    ("applied before", "UPDATE run SET state = 'applied'", .planUsed),
  ]

  @Test("each mismatch refuses with its own code", arguments: mismatches)
  func mismatch(_ sample: (what: String, sql: String, code: Code)) throws {
    try check()
    try alter(sample.sql)
    let failure = #expect(throws: Failure.self) { try check() }
    #expect(failure?.code == sample.code, "\(sample.what): \(failure?.description ?? "")")
    #expect(failure?.fix != nil && failure?.message.contains(id.text) == true)
    #expect(sample.code.exitStatus == .safetyStop)
  }

  @Test("another mapping, and another digest than the expected one")
  func fromOutside() throws {
    let digest = try #require(try ledger.read { try $0.run(id) }?.digest)
    try check(expecting: digest)
    try check(expecting: digest.uppercased())
    #expect(throws: Failure.self) { try check(mapping: "m2") }
    #expect((#expect(throws: Failure.self) { try check(mapping: "m2") })?.code == .mappingChanged)
    for wrong in ["", "0", String(digest.dropLast()), String(digest.reversed())] {
      #expect((#expect(throws: Failure.self) { try check(expecting: wrong) })?.code == .planUnexpected, "\(wrong)")
    }
  }

  @Test("one that is resumed may have moved the ledger on, and is not altered for that")
  func resumed() throws {
    try alter("UPDATE run SET state = 'applying'; UPDATE meta SET value = value + 1 WHERE name = 'serial'")
    try check(mapping: "m2", isResumed: true)
    try alter("UPDATE change SET name = 'x'")
    #expect((#expect(throws: Failure.self) { try check(isResumed: true) })?.code == .planAltered)
  }

  @Test("a plan carries both snapshots, the ledger's name, and how things stood")
  func carries() throws {
    let run = try #require(try ledger.read { try $0.run(id) })
    #expect(run.lineage == (try ledger.read { try $0.lineage() }))
    #expect(run.snapshots[.referral]?.total == 3 && run.snapshots[.referral]?.digest.count == 32)
    #expect(try ledger.read { try $0.snapshotDigests(asOf: run.number) } == run.snapshots.mapValues(\.digest))
    #expect(run.standings == [.changes: 1])
  }
}
