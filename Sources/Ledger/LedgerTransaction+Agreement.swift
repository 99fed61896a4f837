import Foundation
import GRDB
package import Model

/// The last agreed values of a pair, by label.
package typealias Base = [String: String]

extension LedgerTransaction {
  /// Links a referral with an opportunity; a link that stands already keeps its base.
  ///
  /// A referral that was linked with another opportunity starts with nothing agreed: the base of one pair is never that
  /// of another (R23).
  package func link(_ referral: String, _ opportunity: String, run: Int) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO link (referral, opportunity, since_run) VALUES (?, ?, ?)
        ON CONFLICT (referral) DO UPDATE SET opportunity = excluded.opportunity, since_run = excluded.since_run, base = ''
          WHERE opportunity <> excluded.opportunity
        """)
    try statement.execute(arguments: [referral, opportunity, run])
  }

  /// Takes the link of a referral away, and what was agreed with it.
  package func unlink(_ referral: String) throws {
    try database.cachedStatement(sql: "DELETE FROM link WHERE referral = ?").execute(arguments: [referral])
  }

  /// The opportunity that a referral is linked with; nil when there is none.
  package func opportunity(linkedWith referral: String) throws -> String? {
    let statement = try database.cachedStatement(sql: "SELECT opportunity FROM link WHERE referral = ?")
    return try String.fetchOne(statement, arguments: [referral])
  }

  /// The referral that an opportunity is linked with; nil when there is none.
  package func referral(linkedWith opportunity: String) throws -> String? {
    let statement = try database.cachedStatement(sql: "SELECT referral FROM link WHERE opportunity = ?")
    return try String.fetchOne(statement, arguments: [opportunity])
  }

  /// The last agreed values of a referral's pair; empty when nothing was agreed yet.
  package func base(of referral: String) throws -> Base {
    let statement = try database.cachedStatement(sql: "SELECT base FROM link WHERE referral = ?")
    return BaseText.read(try String.fetchOne(statement, arguments: [referral]) ?? "")
  }

  /// Moves the base of a pair to `values`; labels that it does not name stay.
  ///
  /// May be called only with values that were seen equal on both sides or were acknowledged by the service written.
  package func agree(_ values: Base, referral: String, known: Base? = nil) throws {
    guard !values.isEmpty else { return }
    let known = try known ?? base(of: referral)
    let merged = known.merging(values) { _, new in new }
    guard merged != known else { return }
    let statement = try database.cachedStatement(sql: "UPDATE link SET base = ? WHERE referral = ?")
    try statement.execute(arguments: [BaseText.write(merged), referral])
  }

  /// Sets a label of the base back to what was agreed before; nil forgets that anything was.
  ///
  /// May be called only when the write that had moved it was taken back.
  package func putBack(_ label: String, _ value: String?, referral: String) throws {
    var base = try base(of: referral)
    base[label] = value
    try database.cachedStatement(sql: "UPDATE link SET base = ? WHERE referral = ?").execute(arguments: [
      BaseText.write(base), referral,
    ])
  }

  /// What an unshared opportunity was told last; nil when it was told nothing (R25).
  package func told(_ opportunity: String) throws -> String? {
    let statement = try database.cachedStatement(sql: "SELECT text FROM told WHERE opportunity = ?")
    return try String.fetchOne(statement, arguments: [opportunity])
  }

  /// Remembers what an opportunity was told; nil forgets it.
  package func tell(_ opportunity: String, _ text: String?) throws {
    if let text {
      try database.cachedStatement(sql: "INSERT OR REPLACE INTO told VALUES (?, ?)").execute(arguments: [
        opportunity, text,
      ])
    } else {
      try database.cachedStatement(sql: "DELETE FROM told WHERE opportunity = ?").execute(arguments: [opportunity])
    }
  }

  /// Remembers that a reviewer rejected a change: it is not proposed again until a value moves.
  package func reject(_ row: PlanRow, run: Int) throws {
    let change = row.change
    try reject(change.action, change.field, fingerprint: change.fingerprint, of: row.key, run: run)
  }

  /// Remembers that an applied change was taken back: it is not proposed again until a value moves.
  package func reject(_ undone: Undone, of key: PairKey, run: Int) throws {
    try reject(undone.action, undone.field, fingerprint: undone.fingerprint, of: key, run: run)
  }

  private func reject(
    _ action: Action, _ field: String, fingerprint: String, of key: PairKey, run: Int
  ) throws {
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO rejection VALUES (?, ?, ?, ?, ?, ?)").execute(arguments: [
      key.referralID, key.opportunityID, action.rawValue, field, fingerprint, run,
    ])
  }

  /// Forgets what was rejected in one run.
  package func forgetRejections(of run: Int) throws {
    try database.cachedStatement(sql: "DELETE FROM rejection WHERE run = ?").execute(arguments: [run])
  }

  /// Whether a reviewer rejected this very change.
  package func isRejected(_ change: Change, of key: PairKey) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT fingerprint FROM rejection WHERE referral = ? AND opportunity = ? AND action = ? AND field = ?")
    let known = try String.fetchOne(
      statement, arguments: [key.referralID, key.opportunityID, change.action.rawValue, change.field])
    return known == change.fingerprint
  }
}

/// The base of a pair as the ledger stores it: label and value by turns, parted by a character that is in neither.
enum BaseText {
  static func write(_ base: Base) -> String {
    PartedText.join(base.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
  }

  static func read(_ text: String) -> Base {
    guard !text.isEmpty else { return [:] }
    let parts = PartedText.split(text)
    return Base(
      stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }, uniquingKeysWith: { $1 })
  }
}
