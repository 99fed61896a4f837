import Ledger
import Model
import Transform

/// Judges every record that has to be looked at again, and stores verdicts, links, agreements and proposals.
struct JudgingPass {
  var judge: Judge
  let run: Int
  /// Whether the snapshot holds Microsoft's records, so that one that is missing tells something.
  private let knowsConnected: Bool
  /// Whether it holds any of them, asked for or not.
  private let holdsConnected: Bool
  /// The judge by the mapping that was confirmed last, where today's is another: what only today's brings is marked.
  var former: Judge?
  /// Whether the night's own rows are proposed; an undo proposes its own, and leaves these to the next plan.
  var proposes = true
  /// Counts what today's mapping no longer brings.
  var dropped = DroppedRows()

  /// A pass over the standing records of a ledger.
  init(judge: Judge, run: Int, in ledger: LedgerTransaction) throws {
    self.judge = judge
    self.run = run
    holdsConnected = try ledger.standingShape(.connected) != nil
    knowsConnected = judge.mapping.settings.showsMicrosoft && holdsConnected
  }

  /// Goes through the touched referrals with their opportunities, then through the opportunities that are left.
  func run(in ledger: LedgerTransaction) throws {
    var blocked: [String: Blocked] = [:]
    let bench = JudgingBench { [judge, proposes] in
      let verdict = judge.judge($0.identity, facts: $0.facts)
      return JudgingBench.Judged(
        pair: $0, verdict: verdict, rows: proposes ? try verdict.changes.map(ProposedRow.init) : [])
    }
    defer { bench.close() }
    try ledger.eachTouchedReferral(sharing: judge.mapping.agreedLabels) { referral in
      let (identity, facts) = try facts(of: referral, ledger)
      note(identity, of: referral.record.id, in: &blocked)
      guard isOnItsOwn(identity, linked: referral.linked) else {
        for judged in try bench.finish() { try store(judged, in: ledger) }
        return try store(verdict(identity, facts, ledger), facts, linked: referral.linked, in: ledger)
      }
      let pair = JudgingBench.Pair(identity: identity, facts: facts, linked: referral.linked)
      for judged in try bench.take(pair) { try store(judged, in: ledger) }
    }
    for judged in try bench.finish() { try store(judged, in: ledger) }
    try ledger.forgetOvertakenVerdicts()
    try ledger.eachTouchedOpportunityAlone { opportunity in
      if let block = blocked[opportunity.id] {
        try store(judge.judgeBlocked(opportunity, by: block.referrals, code: block.code), PairFacts(), in: ledger)
      } else {
        let facts = PairFacts(
          opportunity: opportunity, linkedReferral: try ownReferral(linkedWith: opportunity.id, ledger),
          told: try ledger.told(opportunity.id))
        try store(verdict(.alone, facts, ledger), facts, in: ledger)
      }
    }
  }

  /// Whether other pairs may be looked at before what is found out about this one is stored: they see nothing of it, since
  /// no link moves.
  private func isOnItsOwn(_ identity: Identity, linked: String?) -> Bool {
    guard former == nil else { return false }
    return switch identity {
    case .pair(let opportunity): opportunity == linked
    case .alone, .orphan, .unknownRecord, .duplicate, .disagreement: true
    }
  }

  private func verdict(_ identity: Identity, _ facts: PairFacts, _ ledger: LedgerTransaction) throws -> Verdict {
    let verdict = judge.judge(identity, facts: facts)
    guard let former else { return verdict }
    // The former mapping may look for other accounts and leads.
    var pass = self
    pass.judge = former
    let known = facts.referral == nil ? facts : try pass.completed(facts, identity, ledger)
    let earlier = former.judge(identity, facts: known).changes
    dropped.count += earlier.filter { row in !verdict.changes.contains { $0.doesTheSame(as: row) } }.count
    return verdict.marking(against: earlier)
  }

  /// Which opportunity a referral belongs to, and everything that is known of the two.
  func facts(of referral: StandingReferral, _ ledger: LedgerTransaction) throws -> (Identity, PairFacts) {
    // Another party's record belongs to no opportunity and claims none (R11).
    guard judge.owns(referral.record) else {
      return (.alone, try completed(PairFacts(referral: referral.record), .alone, ledger))
    }
    let (claims, claimants) = try ledger.claims(on: referral)
    let identity = Identity(deciding: try claims.ignoring { try isForeign($0, ledger) })
    var facts = PairFacts(referral: referral.record)
    facts.base = AgreedValues(labels: judge.mapping.agreedLabels)
    if case .pair(let id) = identity {
      facts.opportunity = try claimants.first { $0.id == id } ?? ledger.record(.opportunity, id)
      if referral.linked == id { facts.base = referral.base }
    }
    return (identity, try completed(facts, identity, ledger))
  }

  /// Whether a referral of the newest snapshot is another party's.
  private func isForeign(_ referral: String, _ ledger: LedgerTransaction) throws -> Bool {
    try ledger.record(.referral, referral).map { !judge.owns($0) } ?? false
  }

  /// The referral that an opportunity is linked with; nil when there is none, or when it turned out to be another party's.
  private func ownReferral(linkedWith opportunity: String, _ ledger: LedgerTransaction) throws -> String? {
    guard let referral = try ledger.referral(linkedWith: opportunity) else { return nil }
    return try isForeign(referral, ledger) ? nil : referral
  }

  /// Why an opportunity is kept from being paired.
  private struct Blocked {
    var referrals: [String]
    var code: Code
  }

  /// Remembers the opportunities that a conflict of identities stops with its referral (R18, R19).
  private func note(_ identity: Identity, of referral: String, in blocked: inout [String: Blocked]) {
    switch identity {
    case .duplicate(let opportunities, _):
      for id in opportunities {
        blocked[id, default: Blocked(referrals: [], code: .identityDuplicate)].referrals.append(referral)
      }
    case .disagreement(let opportunities):
      for id in opportunities {
        blocked[id, default: Blocked(referrals: [], code: .identityDisagreement)].referrals.append(referral)
      }
    case .pair, .alone, .orphan, .unknownRecord:
      break
    }
  }

  /// The facts with what the judge looks up beside both records.
  private func completed(
    _ known: PairFacts, _ identity: Identity, _ ledger: LedgerTransaction
  ) throws -> PairFacts {
    guard let referral = known.referral else { return known }
    var facts = known
    switch identity {
    case .pair:
      guard let opportunity = known.opportunity else { return facts }
      facts.neighbours = try neighbours(Lookups(for: referral, lackingIn: opportunity), referral, ledger)
      facts.owesTick =
        try !judge.isTicked(opportunity)
        && ledger.isCreationUnfinished(of: referral.id, without: judge.mapping.field(.syncFlag).label)
    case .alone:
      facts.neighbours = try neighbours(Lookups(for: referral, by: judge.mapping), referral, ledger)
    case .orphan, .unknownRecord, .duplicate, .disagreement:
      facts.neighbours = PairFacts.Neighbours(leads: try leads(of: referral, ledger))
    }
    return facts
  }

  private func neighbours(
    _ lookups: Lookups, _ referral: Record, _ ledger: LedgerTransaction
  ) throws -> PairFacts.Neighbours {
    var neighbours = PairFacts.Neighbours(
      accounts: try accounts(lookups.account, ledger),
      contacts: try find(.contact, lookups.contacts, ledger), solutions: try find(.solution, lookups.solutions, ledger),
      users: try find(.user, lookups.users, ledger),
      connected: holdsConnected ? try ledger.records(.connected, partner: referral[.engagement].lowercased()) : [],
      leads: try leads(of: referral, ledger))
    neighbours.knowsConnected = knowsConnected
    return neighbours
  }

  /// The accounts that fit a customer's key, as the setting Account match reads it (R45, R47).
  private func accounts(_ key: String, _ ledger: LedgerTransaction) throws -> [Record] {
    switch judge.mapping.settings.accountMatch {
    case .nameAndPostalCode:
      return try ledger.records(.account, partner: key)
    case .name:
      guard let bar = key.lastIndex(of: "|") else { return [] }
      // A name may have a bar of its own.
      return try ledger.records(.account, partnerFrom: String(key[...bar])).filter {
        LookupKey.account(name: $0["Name"], postalCode: "") == key[...bar]
      }
    }
  }

  private func leads(of referral: Record, _ ledger: LedgerTransaction) throws -> [Record] {
    guard judge.mapping.settings.makesLeads else { return [] }
    return try ledger.records(.lead, partner: LookupKey.lead(referral: referral.id))
  }

  private func find(
    _ kind: RecordKind, _ keys: [String], _ ledger: LedgerTransaction
  ) throws -> [String: [Record]] {
    var result: [String: [Record]] = [:]
    for key in keys { result[key] = try ledger.records(kind, partner: key) }
    return result
  }

  private func store(_ judged: JudgingBench.Judged, in ledger: LedgerTransaction) throws {
    try store(judged.verdict, judged.pair.facts, linked: judged.pair.linked, rows: judged.rows, in: ledger)
  }

  /// Stores a verdict and what follows from it; `linked` is the opportunity that its referral is linked with so far, `rows`
  /// are the verdict's rows where somebody has put them into their form already.
  private func store(
    _ verdict: Verdict, _ facts: PairFacts, linked: String? = nil, rows: [ProposedRow] = [],
    in ledger: LedgerTransaction
  ) throws {
    let key = verdict.key
    if !key.referralID.isEmpty && !key.opportunityID.isEmpty {
      try agree(verdict, facts, linked: linked, in: ledger)
    }
    let wanted = try verdict.changes.filter { try !ledger.isRejected($0, of: key) }
    let kept = Proposal.kept(of: verdict.changes, wanted: wanted)
    try ledger.renew(key)
    try ledger.store(verdict.keeping(kept))
    guard proposes else { return }
    for row in rows.count == kept.count ? rows : try kept.map(ProposedRow.init) {
      try ledger.propose(row, phase: Proposal.phase(of: kept), of: verdict, versions: facts.versions)
    }
  }

  /// Links the pair of a verdict where it is not linked yet, and moves its base where it moves.
  private func agree(_ verdict: Verdict, _ facts: PairFacts, linked: String?, in ledger: LedgerTransaction) throws {
    let key = verdict.key
    guard linked != key.opportunityID else {
      return try ledger.agree(verdict.agreement, referral: key.referralID, known: facts.base)
    }
    // Whoever else is linked with it was not let contend: it is another party's.
    if let other = try ledger.referral(linkedWith: key.opportunityID), other != key.referralID {
      try ledger.unlink(other)
    }
    try ledger.link(key.referralID, key.opportunityID, run: run, agreed: facts.base.merging(verdict.agreement))
  }
}
