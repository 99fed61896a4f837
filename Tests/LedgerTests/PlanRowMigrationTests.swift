import Crypto
import Foundation
import GRDB
import Ledger
import Model
import Testing

/// A ledger of the releases that kept each row of a plan as one JSON document.
@Suite("Rows of plans of an earlier release")
struct PlanRowMigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Stores two plans of the same rows, of which the first row was sent.
  private func plan() throws {
    let ledger = try LedgerFile(at: folder.ledger)
    let changes = PlanStorageTests.changes()
    let verdict = Verdict(
      PairKey(referralID: "r1", opportunityID: "o1"), .changes, Verdict.Face(name: "Deal"), code: .changedInSalesforce,
      reason: "", changes: changes, isSettled: false)
    for night in 1...2 {
      try ledger.write { transaction in
        try transaction.beginTouching()
        let run = try transaction.open(night: night)
        for change in changes {
          try transaction.propose(
            change, phase: 1, of: verdict, versions: PlanRow.Versions(referral: "\"1\"", opportunity: "t", account: "u")
          )
        }
        try transaction.numberProposals(of: run)
        try transaction.sealRun(run, snapshots: [.referral: SnapshotCount()])
        var sent = try #require(try transaction.row(1, of: run))
        sent.outcome = .applied
        sent.answer = PlanRow.Answer(status: 204, requestID: "q", at: "2026-11-02T08:00:00Z")
        try transaction.settle(sent, of: run)
      }
    }
  }

  /// Gives the ledger the form that it had, its digests included.
  private func age() throws {
    try DatabaseQueue(path: folder.ledger).write { database in
      try database.execute(
        sql: """
          ALTER TABLE change RENAME TO later;
          DROP INDEX change_referral; DROP INDEX change_opportunity; DROP INDEX verdict_apart;
          CREATE INDEX verdict_open ON verdict (settled) WHERE settled = 0;
          CREATE INDEX verdict_apart ON verdict (standing, code) WHERE standing <> 'in-sync';
          CREATE TABLE change (
            run INTEGER NOT NULL, seq INTEGER NOT NULL, referral TEXT NOT NULL, opportunity TEXT NOT NULL,
            name TEXT NOT NULL, body TEXT NOT NULL, versions TEXT NOT NULL, decision TEXT NOT NULL,
            outcome TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;
          INSERT INTO change SELECT run, seq, referral, opportunity, name,
            json_patch(
              json_object('action', action, 'base', base, 'code', code, 'direction', direction, 'field', field, 'new', new,
                'partnerCenter', partner_center, 'reason', reason, 'risk', risk, 'rule', rule, 'salesforce', salesforce,
                'settles', json('{}')),
              writes),
            '{"account":"u","opportunity":"t","referral":"\\"1\\""}', decision, outcome,
            iif(answer = '', '{"at":"","message":"","requestID":""}', answer) FROM later;
          DROP TABLE later;
          CREATE INDEX change_pair ON change (referral, opportunity);
          DELETE FROM grdb_migrations WHERE identifier LIKE '6 %';
          """)
      for run in 1...2 {
        var text = "m" + String(repeating: "\u{1F}", count: RecordKind.allCases.count) + "\u{1E}"
        for row in try Row.fetchAll(database, sql: "SELECT * FROM change WHERE run = ? ORDER BY seq", arguments: [run])
        {
          let texts = ["referral", "opportunity", "name", "body", "versions"].map { row[$0] as String }
          text += ([String(row["seq"] as Int)] + texts).joined(separator: "\u{1F}") + "\u{1E}"
        }
        let digest = SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
        try database.execute(
          sql: "UPDATE run SET digest = ?, mapping = 'm' WHERE number = ?", arguments: [digest, run])
      }
    }
    try? FileManager.default.removeItem(atPath: folder.ledger + ".seal")
  }

  @Test("they are what they were, an intact plan has its digest, and one that was altered still has another")
  func migrated() throws {
    try plan()
    func rows(_ run: Int) throws -> [PlanRow] {
      try LedgerFile(at: folder.ledger).read { transaction in
        var rows: [PlanRow] = []
        try transaction.eachRow(of: run) { rows.append($0) }
        return rows
      }
    }
    let before = try (1...2).map(rows)
    try age()
    try DatabaseQueue(path: folder.ledger).write {
      try $0.execute(sql: "UPDATE change SET name = 'Other' WHERE run = 2 AND seq = 1")
    }
    #expect(try rows(1) == before[0])
    #expect(try rows(2).dropFirst() == before[1].dropFirst())
    try LedgerFile(at: folder.ledger).read { transaction in
      let runs = try transaction.runs()
      #expect(try runs.map { try $0.digest == transaction.digest(of: $0.number) } == [false, true])
    }
    #expect(try rows(1).first?.answer.status == 204)
  }
}
