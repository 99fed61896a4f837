import Crypto
import Foundation
import GRDB
import Model

extension Schema {
  /// The rows of plans in columns, where each was one JSON document; and one index of all verdicts that somebody looks for.
  ///
  /// The rows take half the room, and no JSON is read to tell what one is about.
  static func sixth(_ database: Database) throws {
    let plans = try Row.fetchAll(database, sql: "SELECT number, digest, mapping, snapshots FROM run WHERE digest <> ''")
    let intact = try plans.filter { try formerDigest(of: $0, in: database) == $0["digest"] }.map { $0["number"] as Int }
    try database.execute(sql: planRows)
    // A plan that was as it had been made is so still; one that somebody altered stays one.
    let transaction = LedgerTransaction(database: database)
    for number in intact {
      try database.execute(
        sql: "UPDATE run SET digest = ? WHERE number = ?", arguments: [try transaction.digest(of: number), number])
    }
  }

  private static let planRows = """
    ALTER TABLE change RENAME TO former_change;
    DROP INDEX change_pair;
    DROP INDEX verdict_open;
    DROP INDEX verdict_apart;
    CREATE INDEX verdict_apart ON verdict (standing, code, settled) WHERE standing <> 'in-sync' OR settled = 0;
    CREATE TABLE change (
      run INTEGER NOT NULL, seq INTEGER NOT NULL, referral TEXT NOT NULL, opportunity TEXT NOT NULL, name TEXT NOT NULL,
      action TEXT NOT NULL, direction TEXT NOT NULL, field TEXT NOT NULL, base TEXT NOT NULL,
      partner_center TEXT NOT NULL, salesforce TEXT NOT NULL, new TEXT NOT NULL, risk TEXT NOT NULL, rule TEXT NOT NULL,
      code TEXT NOT NULL, reason TEXT NOT NULL, writes TEXT NOT NULL, versions TEXT NOT NULL, decision TEXT NOT NULL,
      outcome TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;
    INSERT INTO change
      SELECT run, seq, referral, opportunity, name, body ->> 'action', body ->> 'direction', body ->> 'field',
        body ->> 'base', body ->> 'partnerCenter', body ->> 'salesforce', body ->> 'new', body ->> 'risk', body ->> 'rule',
        body ->> 'code', body ->> 'reason',
        json_object('effect', body -> 'effect', 'choices', body -> 'choices', 'settles', body -> 'settles', 'undoes',
          body -> 'undoes'),
        (versions ->> 'referral') || char(31) || (versions ->> 'opportunity') || char(31) || (versions ->> 'account'),
        decision, outcome, iif(answer = '{"at":"","message":"","requestID":""}', '', answer)
      FROM former_change ORDER BY run, seq;
    DROP TABLE former_change;
    CREATE INDEX change_referral ON change (referral) WHERE referral <> '';
    CREATE INDEX change_opportunity ON change (opportunity) WHERE referral = '';
    """

  /// The digest of a plan as the releases took it that kept each row as JSON.
  private static func formerDigest(of run: Row, in database: Database) throws -> String {
    var hash = SHA256()
    func add(_ parts: [String]) {
      hash.update(data: Data(parts.joined(separator: "\u{1F}").utf8))
      hash.update(data: Data([0x1E]))
    }
    let snapshots = try PlanText.decode([String: SnapshotCount].self, run["snapshots"])
    add([run["mapping"]] + RecordKind.allCases.map { snapshots[$0.rawValue]?.digest ?? "" })
    let rows = try Row.fetchCursor(
      database, sql: "SELECT seq, referral, opportunity, name, body, versions FROM change WHERE run = ? ORDER BY seq",
      arguments: [run["number"] as Int])
    while let row = try rows.next() {
      let seq: Int = row[0]
      add([String(seq)] + (1...5).map { row[$0] })
    }
    return hash.finalize().hexadecimal
  }
}
