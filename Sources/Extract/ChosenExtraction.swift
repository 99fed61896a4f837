package import Ledger
package import Model
import Wire

/// Reads a part of both sides into the ledger: some referrals, and everything that has to be judged with them.
///
/// What is judged must be as it is now. So whatever a record that was read drags along is read too, round by round, until
/// nothing is left that was not asked for. Records that were not asked for stand as they are, and none is ended.
package struct ChosenExtraction {
  private let source: any ChosenSource
  private let ledger: LedgerTransaction
  private let writers: [RecordKind: SnapshotWriter]
  private let progress: Extraction.Progress
  /// Referrals that were asked for and are not there, or not for this user to see, sorted.
  package private(set) var missingReferrals: [String] = []
  private var askedReferrals: Set<String> = []
  private var readReferrals: Set<String> = []
  private var readOpportunities: Set<String> = []
  private var askedOpportunities: Set<String> = []

  /// So many records of a kind may come to be judged; more are a matter for a full plan.
  private static let mostRecords = 2_000

  /// A reading for a run whose list of touched records was begun.
  package init(
    from source: any ChosenSource, for run: Int, into ledger: LedgerTransaction,
    progress: @escaping Extraction.Progress
  ) throws {
    self.source = source
    self.ledger = ledger
    self.progress = progress
    var writers: [RecordKind: SnapshotWriter] = [:]
    for shape in source.shapes { writers[shape.kind] = try ledger.snapshot(shape, run: run) }
    self.writers = writers
  }

  /// Reads the referrals and all that they drag along.
  package mutating func follow(_ referrals: [String]) throws {
    try ledger.touch(.referral, referrals)
    while true {
      try ledger.spreadTouchToNeighbours()
      let referrals = try ledger.touchedIDs(.referral).filter { !askedReferrals.contains($0) }
      let opportunities = try ledger.touchedIDs(.opportunity).filter { !askedOpportunities.contains($0) }
      guard !referrals.isEmpty || !opportunities.isEmpty else { break }
      askedReferrals.formUnion(referrals)
      askedOpportunities.formUnion(opportunities)
      guard max(askedReferrals.count, askedOpportunities.count) <= Self.mostRecords else {
        throw Failure(
          .touchedNeedsPlan, "the events drag along more than \(Self.mostRecords) records, too many to be read singly",
          fix: "run `reconcile plan`, which reads both sides as a whole")
      }
      try read(referrals, opportunities)
    }
    try withhold()
  }

  /// Reads what new records may be attached to.
  package func read(_ keys: NeighbourKeys) throws {
    for batch in try source.neighbours(keys) { try write(batch.rows, batch.kind) }
  }

  /// What each kind's snapshot holds now, the records that were not asked for among them.
  package func finish() throws -> [RecordKind: SnapshotCount] {
    source.end()
    return try writers.mapValues { try $0.finishPart() }
  }

  private mutating func read(_ referrals: [String], _ opportunities: [String]) throws {
    // What somebody typed into a field of Salesforce need not be an id at all.
    let ids = referrals.filter(ReferralAddress.isID)
    let found = ids.isEmpty ? ChosenReferrals() : try source.referrals(ids)
    missingReferrals = (missingReferrals + found.missing).sorted()
    // Another party's record is kept where the list shows it, and only there: the next full list must say the same.
    let foreign = try found.foreign.filter { try ledger.isStanding(.referral, $0.id) }
    try write(found.own + foreign, .referral)
    readReferrals.formUnion((found.own + foreign).map(\.id))
    try write(found.connected, .connected)
    try ledger.touch(.referral, found.own.map(\.id))
    askedReferrals.formUnion(found.own.map(\.id))
    let naming = Set(ids).union(found.own.map(\.id)).sorted()
    let records = opportunities.compactMap(SalesforceID.normalized)
    guard !naming.isEmpty || !records.isEmpty else { return }
    let rows = try source.opportunities(records, naming: naming)
    try write(rows, .opportunity)
    try ledger.touch(.opportunity, rows.map(\.id))
    askedOpportunities.formUnion(rows.map(\.id))
    readOpportunities.formUnion(rows.map(\.id))
  }

  /// Keeps deals from being judged of which a record stands in the ledger that could not be read: missing is not deleted
  /// (R22), and what it was last night is not what it is now.
  private func withhold() throws {
    let referrals = try askedReferrals.subtracting(readReferrals).filter { try ledger.isStanding(.referral, $0) }
    let opportunities = try askedOpportunities.subtracting(readOpportunities).filter {
      try ledger.isStanding(.opportunity, $0)
    }
    try ledger.withholdTouch(referrals: referrals.sorted(), opportunities: opportunities.sorted())
  }

  private func write(_ rows: [SnapshotRow], _ kind: RecordKind) throws {
    for row in rows { try writers[kind]?.add(row) }
    if !rows.isEmpty { progress(kind.side, kind, rows.count) }
  }
}
