package import Extract
package import Ledger
package import Model
package import Transform

/// One run of `plan`: both snapshots, every verdict and the proposed rows, stored in one transaction or not at all.
///
/// Nothing is written to either service.
package struct PlanRun {
  let mapping: Mapping
  /// The mapping as the org needs it.
  package let adaptedMapping: Mapping
  let files: MappingFiles?
  let org: OrgFields?
  let encodedOrg: String
  let organizationID: String
  private let limits: SnapshotLimits
  /// What tells the two services from others of their kind, by side; empty for a side that is read from files.
  package var parties: [Side: String] = [:]
  /// Which side is read when.
  package var order = Extraction.Order.together

  /// A run with one mapping, for one organization, within the limits.
  ///
  /// `files` are the files of the mapping: with them, a change of it is noticed, and what it brings is held until it is
  /// confirmed. `org` is what the org says of its fields, to which any mapping is adapted; nil when nobody asked it.
  package init(
    mapping: Mapping, files: MappingFiles? = nil, org: OrgFields? = nil, organizationID: String, limits: SnapshotLimits
  ) {
    self.mapping = mapping
    adaptedMapping = mapping.adapted(to: org)
    self.files = files
    self.org = org
    encodedOrg = org?.encoded ?? ""
    self.organizationID = organizationID
    self.limits = limits
  }

  /// What a run of `plan` brought.
  package struct Result: Sendable {
    /// The run as the ledger knows it.
    package let run: RunEntry
    /// What each kind's snapshot holds.
    package let snapshots: [RecordKind: SnapshotCount]
    /// What an unconfirmed mapping does to the plan; nil when the mapping is confirmed.
    package let mappingChange: MappingChange?
    /// How long both snapshots and the judging took.
    package let durations: [Stage: Duration]
  }

  /// A part of the run that takes time.
  package enum Stage: String, Sendable {
    /// Reading both sides into the ledger.
    case snapshot
    /// Judging the records that moved.
    case judge
  }

  /// Takes the snapshots and stores the plan.
  ///
  /// - Throws: `Failure`; the ledger is then as it was before.
  package func run(
    _ id: RunID, at started: String, from sources: [any SnapshotSource], into ledger: LedgerFile,
    progress: Extraction.Progress
  ) throws -> Result {
    try ledger.write { transaction in
      let look = try look(RunEntry.plan, id, at: started, from: sources, in: transaction, progress: progress)
      try transaction.numberProposals(of: look.number)
      return try seal(look, id, try settleMapping(look.pass, look.number, in: transaction), in: transaction)
    }
  }

  /// Both snapshots, with every record judged that has to be looked at again.
  struct Look {
    let number: Int
    let snapshots: [RecordKind: SnapshotCount]
    let pass: JudgingPass
    let durations: [Stage: Duration]
  }

  /// Opens a run, takes the snapshots and judges; rows are proposed only for a plan.
  func look(
    _ kind: String, _ id: RunID, at started: String, from sources: [any SnapshotSource],
    in transaction: LedgerTransaction, progress: Extraction.Progress
  ) throws -> Look {
    let clock = ContinuousClock()
    let start = clock.now
    try transaction.beginTouching()
    try checkParties(in: transaction)
    let number = try transaction.openRun(id, kind: kind, started: started, mapping: mapping.digest)
    try transaction.keep(org: encodedOrg)
    let snapshots = try Extraction(sources, order).run(number, into: transaction, progress: progress)
    try check(snapshots)
    try limits.checkCanaries { id in
      try RecordKind.allCases.contains { try transaction.record($0, id) != nil }
    }
    let read = clock.now
    let isPlan = kind == RunEntry.plan
    try transaction.spreadTouch(all: try isRuleChanged(in: transaction, isNoted: isPlan))
    var pass = try JudgingPass(judge: judge(by: adaptedMapping, started), run: number, in: transaction)
    pass.former = try confirmed(in: transaction).map { judge(by: $0.adapted(to: org), started) }
    pass.proposes = isPlan
    try pass.run(in: transaction)
    return Look(
      number: number, snapshots: snapshots, pass: pass,
      durations: [.snapshot: read - start, .judge: clock.now - read])
  }

  /// Stores what the numbered rows rest on.
  func seal(
    _ look: Look, _ id: RunID, _ change: MappingChange?, in transaction: LedgerTransaction
  ) throws -> Result {
    try transaction.advanceSerial()
    try transaction.sealRun(look.number, snapshots: look.snapshots)
    guard let run = try transaction.run(id) else {
      throw Failure(.ledgerUnreadable, "the ledger lost the run \(id)")
    }
    try transaction.noteConflicts(at: run.started)
    return Result(run: run, snapshots: look.snapshots, mappingChange: change, durations: look.durations)
  }

  func judge(by mapping: Mapping, _ started: String) -> Judge {
    Judge(mapping: mapping, organizationID: organizationID, now: Timestamp.parse(started))
  }

  /// The mapping that was confirmed last; nil when it is today's, or when none was.
  func confirmed(in transaction: LedgerTransaction) throws -> Mapping? {
    let known = try transaction.meta(Self.confirmedMapping)
    guard files != nil, !known.isEmpty, case .success(let former)? = MappingFiles(encoded: known)?.mapping(),
      former.digest != mapping.digest
    else { return nil }
    return former
  }

  /// Confirms today's mapping when nothing of the plan comes from it alone.
  private func settleMapping(
    _ pass: JudgingPass, _ number: Int, in transaction: LedgerTransaction
  ) throws -> MappingChange? {
    guard let files else { return nil }
    let rows = pass.former == nil ? 0 : try transaction.rowCount(of: number, because: .fromChangedMapping)
    guard rows > 0 else {
      try transaction.setMeta(Self.confirmedMapping, files.encoded)
      return pass.dropped.count > 0 ? MappingChange(rows: 0, dropped: pass.dropped.count) : nil
    }
    return MappingChange(rows: rows, dropped: pass.dropped.count)
  }

  /// The name under which the ledger keeps the files of the mapping that was confirmed last.
  package static let confirmedMapping = "confirmed mapping"

  /// Refuses to mix two orgs, or a staging org with production, in one ledger.
  func checkParties(in transaction: LedgerTransaction) throws {
    for (side, party) in parties.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let known = try transaction.party(of: side)
      guard known.isEmpty || known == party else {
        throw Failure(
          .ledgerOtherOrg, "this ledger belongs to \(known) in \(side.title), and the configuration names \(party)",
          fix: "use a workspace of its own for each org; restore reconcile.yaml if it was edited by mistake")
      }
      try transaction.setParty(party, of: side)
    }
  }

  private func check(_ snapshots: [RecordKind: SnapshotCount]) throws {
    for kind in [RecordKind.referral, .opportunity] {
      guard let count = snapshots[kind] else { continue }
      try limits.check(kind, before: count.before, missing: count.missing, now: count.total)
    }
  }

  /// Whether the settled verdicts were made by other rules than today's: then every record is judged anew.
  ///
  /// An undo does not note today's rules: the next plan judges anew as well, and tells what the changed mapping brings.
  private func isRuleChanged(in transaction: LedgerTransaction, isNoted: Bool) throws -> Bool {
    let known = try transaction.meta(Self.rules)
    if isNoted { try transaction.setMeta(Self.rules, rulesOfToday) }
    return known != rulesOfToday
  }

  /// The name under which the ledger keeps by which rules the verdicts were made.
  static let rules = "rules"

  /// What the verdicts of today are made by.
  var rulesOfToday: String {
    [adaptedMapping.digest, organizationID.lowercased(), String(Judge.revision)].joined(separator: " ")
  }
}
