import Foundation
import GRDB
package import Model

/// The last agreed values of a pair, by label.
package typealias Base = [String: String]

extension LedgerTransaction {
  /// Links a referral with an opportunity; a link that stands already keeps its base.
  ///
  /// A referral that was linked with another opportunity starts with nothing agreed but `agreed`: the base of one pair is
  /// never that of another (R23).
  package func link(_ referral: String, _ opportunity: String, run: Int, agreed: AgreedValues = [:]) throws {
    try ask(.linking).run([.text(referral), .text(opportunity), .number(run), .text(try text(of: agreed))])
  }

  /// Takes the link of a referral away, and what was agreed with it.
  package func unlink(_ referral: String) throws {
    try database.cachedStatement(sql: "DELETE FROM link WHERE referral = ?").execute(arguments: [referral])
  }

  /// The opportunity that a referral is linked with; nil when there is none.
  package func opportunity(linkedWith referral: String) throws -> String? {
    try ask(.opportunityOfReferral).first([.text(referral)]) { $0.text(0) }
  }

  /// The referral that an opportunity is linked with; nil when there is none.
  package func referral(linkedWith opportunity: String) throws -> String? {
    try ask(.referralOfOpportunity).first([.text(opportunity)]) { $0.text(0) }
  }

  /// The last agreed values of a referral's pair; empty when nothing was agreed yet.
  package func base(of referral: String) throws -> Base { try agreed(with: referral).all }

  /// The same in the form in which it is stored.
  private func agreed(with referral: String) throws -> AgreedValues {
    let stored = try ask(.base).first([.text(referral)]) { try base(in: $0, 0, sharing: nil) } ?? [:]
    return stored.isEmpty ? AgreedValues(labels: try labels.latest(in: database)) : stored
  }

  /// The base in a column of a row, with its values under the labels that it is wanted with.
  func base(in row: Query.Row, _ column: Int32, sharing wanted: AgreedLabels?) throws -> AgreedValues {
    try BaseText.read(row.bytes(column), sharing: wanted) { try labels.labels($0, as: $1, in: database) }
  }

  private func text(of base: AgreedValues) throws -> String {
    guard !base.isEmpty else { return "" }
    return BaseText.write(base, number: try labels.number(of: base.labels, in: database))
  }

  /// Moves the base of a pair to `values`; labels that it does not name stay.
  ///
  /// May be called only with values that were seen equal on both sides or were acknowledged by the service written.
  package func agree(_ values: Base, referral: String) throws {
    guard !values.isEmpty else { return }
    try agree(AgreedValues(values), referral: referral, known: agreed(with: referral))
  }

  /// Moves the base of a pair from what it is known to be.
  package func agree(_ values: AgreedValues, referral: String, known: AgreedValues) throws {
    let merged = known.merging(values)
    guard merged != known else { return }
    try ask(.agreeing).run([.text(try text(of: merged)), .text(referral)])
  }

  /// Sets a label of the base back to what was agreed before; nil forgets that anything was.
  ///
  /// May be called only when the write that had moved it was taken back.
  package func putBack(_ label: String, _ value: String?, referral: String) throws {
    var base = try agreed(with: referral)
    base[label] = value
    try ask(.agreeing).run([.text(try text(of: base)), .text(referral)])
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
    let known = try ask(.rejection).first([
      .text(key.referralID), .text(key.opportunityID), .text(change.action.rawValue), .text(change.field),
    ]) { $0.text(0) }
    return known == change.fingerprint
  }
}
