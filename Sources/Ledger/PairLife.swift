package import Model

/// The life of a pair: every snapshot in which one of its records changed, and every row, decision and request about it.
package struct PairLife: Sendable {
  /// The ids of the two, as the newest plan saw them, else as they are linked.
  package let key: PairKey
  /// Where the newest plan left it; nil when the newest snapshots hold neither record.
  package let verdict: VerdictLine?
  /// The values that both sides last agreed on, by label.
  package let agreed: Base
  /// What happened, oldest first.
  package let events: [Event]
  /// How many earlier runs were removed from the ledger, with what they knew.
  package let removedRuns: Int

  /// One thing that happened.
  package struct Event: Sendable {
    /// The run in which it happened.
    package let run: RunEntry
    package let what: What
  }

  /// What happened.
  package enum What: Sendable {
    /// A snapshot held the record for the first time, or again.
    case appeared(Side)
    /// A snapshot held the record with other values: column, old and new text.
    case changed(Side, [ColumnChange])
    /// A snapshot did not hold the record any more.
    case vanished(Side)
    /// A plan had a row about it, which was decided and came out as the row says.
    case row(PlanRow)
    /// A request was sent for rows about it.
    case request(JournalLine)
  }

  /// A column of a record that changed from one snapshot to the next.
  package struct ColumnChange: Sendable, Hashable {
    /// The column, as the service spells it.
    package let column: String
    package let old: String
    package let new: String
  }

  /// The life of the pair that an id belongs to, whichever side's and however it is spelt.
  ///
  /// - Throws: `Failure` with `recordUnknown` when the ledger never met the id.
  package init(of id: String, in ledger: LedgerTransaction) throws {
    let opportunity = SalesforceID.normalized(id)
    let spelt = opportunity ?? id.lowercased()
    guard !spelt.isEmpty else { throw Self.unknown(id) }
    verdict = try ledger.verdict(of: spelt)
    key = try Self.key(of: spelt, isOpportunity: opportunity != nil, verdict: verdict, in: ledger)
    agreed = try ledger.base(of: key.referralID)
    let runs = Dictionary(uniqueKeysWithValues: try ledger.runs().map { ($0.number, $0) })
    var found: [(run: Int, order: Int, what: What)] = []
    let left = runs.keys.sorted()
    for (kind, id) in [(RecordKind.referral, key.referralID), (.opportunity, key.opportunityID)] where !id.isEmpty {
      found += try Self.snapshots(of: ledger.versions(kind, id), on: kind.side, left).map { ($0.run, 0, $0.what) }
    }
    let rows = try ledger.rows(of: key)
    found += rows.map { ($0.run, 1, .row($0.row)) }
    for (run, rows) in Dictionary(grouping: rows, by: \.run) {
      found += try ledger.journal(of: run, rows: Set(rows.map(\.row.seq))).map { (run, 2, .request($0)) }
    }
    events = found.enumerated().sorted { left, right in
      (left.element.run, left.element.order, left.offset) < (right.element.run, right.element.order, right.offset)
    }.compactMap { entry in runs[entry.element.run].map { Event(run: $0, what: entry.element.what) } }
    removedRuns = try ledger.removedRuns().count
    guard !events.isEmpty || verdict != nil else { throw Self.unknown(id, removedRuns: removedRuns) }
  }

  private static func unknown(_ id: String, removedRuns: Int = 0) -> Failure {
    Failure(
      .recordUnknown,
      removedRuns == 0
        ? "the ledger never met a record \"\(id)\""
        : "the ledger holds nothing of a record \"\(id)\"; what it knew of it may have gone with the \(removedRuns) runs "
          + "that were removed (retention.runs)",
      fix: "name a referral's or an opportunity's id; `reconcile show --json` and reconciliation.csv list them")
  }

  /// The pair that an id belongs to: as the newest plan saw it, else as it is linked.
  private static func key(
    of id: String, isOpportunity: Bool, verdict: VerdictLine?, in ledger: LedgerTransaction
  ) throws -> PairKey {
    if let verdict { return verdict.key }
    return isOpportunity
      ? PairKey(referralID: try ledger.referral(linkedWith: id) ?? "", opportunityID: id)
      : PairKey(referralID: id, opportunityID: try ledger.opportunity(linkedWith: id) ?? "")
  }

  /// What the snapshots of the runs that are left tell of a record.
  ///
  /// What happened in a run that was removed shows in the next one that is left; what stood before the first of them has no
  /// beginning any more.
  private static func snapshots(
    of versions: [RecordVersion], on side: Side, _ left: [Int]
  ) -> [(run: Int, what: What)] {
    func next(_ run: Int) -> Int { left.first { $0 >= run } ?? run }
    var events: [(run: Int, what: What)] = []
    var former: RecordVersion?
    for version in versions {
      let begin = next(version.firstRun)
      if let former, former.endRun.map(next) == begin {
        events.append((begin, .changed(side, differences(former.record, version.record))))
      } else {
        if let gone = former?.endRun { events.append((next(gone), .vanished(side))) }
        if version.firstRun >= left.first ?? 0 { events.append((begin, .appeared(side))) }
      }
      former = version
    }
    if let gone = former?.endRun { events.append((next(gone), .vanished(side))) }
    return events
  }

  private static func differences(_ old: Record, _ new: Record) -> [ColumnChange] {
    new.shape.columns.compactMap { column in
      // A column that an earlier mapping did not read tells nothing.
      guard old.shape.position(of: column) != nil, old[column] != new[column] else { return nil }
      return ColumnChange(column: column, old: old[column], new: new[column])
    }
  }
}
