import Ledger
import Model
import Transform

/// Judges every record that has to be looked at again, and stores verdicts, links, agreements and proposals.
struct JudgingPass {
  var judge: Judge
  let run: Int
  /// Whether the snapshot holds Microsoft's records, so that one that is missing tells something.
  private let knowsConnected: Bool
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
    knowsConnected = try judge.mapping.settings.showsMicrosoft && ledger.standingShape(.connected) != nil
  }

  /// Goes through the touched referrals with their opportunities, then through the opportunities that are left.
  func run(in ledger: LedgerTransaction) throws {
    var blocked: [String: Blocked] = [:]
    try ledger.eachTouched(.referral) { id in
      guard let referral = try ledger.record(.referral, id) else { return }
      let (identity, facts) = try facts(of: referral, ledger)
      note(identity, of: id, in: &blocked)
      try store(verdict(identity, facts, ledger), facts, in: ledger)
    }
    try ledger.eachTouched(.opportunity) { id in
      guard try !ledger.hasVerdict(opportunity: id), let opportunity = try ledger.record(.opportunity, id) else {
        return
      }
      if let block = blocked[id] {
        try store(
          judge.judgeBlocked(opportunity, by: block.referrals, code: block.code), PairFacts(), in: ledger)
      } else {
        let facts = PairFacts(
          opportunity: opportunity, linkedReferral: try ownReferral(linkedWith: id, ledger), told: try ledger.told(id))
        try store(verdict(.alone, facts, ledger), facts, in: ledger)
      }
    }
  }

  private func verdict(_ identity: Identity, _ facts: PairFacts, _ ledger: LedgerTransaction) throws -> Verdict {
    let verdict = judge.judge(identity, facts: facts)
    guard let former else { return verdict }
    // The former mapping may look for other accounts and leads.
    var pass = self
    pass.judge = former
    let known = try facts.referral.map { try pass.facts(identity, $0, ledger) } ?? facts
    let earlier = former.judge(identity, facts: known).changes
    dropped.count += earlier.filter { row in !verdict.changes.contains { $0.doesTheSame(as: row) } }.count
    return verdict.marking(against: earlier)
  }

  /// Which opportunity a referral belongs to, and everything that is known of the two.
  func facts(of referral: Record, _ ledger: LedgerTransaction) throws -> (Identity, PairFacts) {
    let identity = try identity(of: referral, ledger)
    return (identity, try facts(identity, referral, ledger))
  }

  /// Which opportunity a referral belongs to; another party's record belongs to none and claims none (R11).
  private func identity(of referral: Record, _ ledger: LedgerTransaction) throws -> Identity {
    guard judge.owns(referral) else { return .alone }
    return Identity(deciding: try ledger.claims(on: referral.id).ignoring { try isForeign($0, ledger) })
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

  private func facts(_ identity: Identity, _ referral: Record, _ ledger: LedgerTransaction) throws -> PairFacts {
    switch identity {
    case .pair(let id):
      let isLinked = try ledger.opportunity(linkedWith: referral.id) == id
      let opportunity = try ledger.record(.opportunity, id)
      var facts = PairFacts(
        referral: referral, opportunity: opportunity, base: isLinked ? try ledger.base(of: referral.id) : [:],
        neighbours: try opportunity.map { try neighbours(Lookups(for: referral, lackingIn: $0), referral, ledger) }
          ?? PairFacts.Neighbours())
      if let opportunity, !judge.isTicked(opportunity) {
        facts.owesTick = try ledger.isCreationUnfinished(of: referral.id, without: judge.mapping.field(.syncFlag).label)
      }
      return facts
    case .alone:
      return PairFacts(
        referral: referral, neighbours: try neighbours(Lookups(for: referral, by: judge.mapping), referral, ledger))
    case .orphan, .unknownRecord, .duplicate, .disagreement:
      return PairFacts(
        referral: referral, neighbours: PairFacts.Neighbours(leads: try leads(of: referral, ledger)))
    }
  }

  private func neighbours(
    _ lookups: Lookups, _ referral: Record, _ ledger: LedgerTransaction
  ) throws -> PairFacts.Neighbours {
    var neighbours = PairFacts.Neighbours(
      accounts: try accounts(lookups.account, ledger),
      contacts: try find(.contact, lookups.contacts, ledger), solutions: try find(.solution, lookups.solutions, ledger),
      users: try find(.user, lookups.users, ledger),
      connected: try ledger.records(.connected, partner: referral["engagementId"].lowercased()),
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

  private func store(_ verdict: Verdict, _ facts: PairFacts, in ledger: LedgerTransaction) throws {
    let key = verdict.key
    if !key.referralID.isEmpty && !key.opportunityID.isEmpty {
      // Whoever else is linked with it was not let contend: it is another party's.
      if let other = try ledger.referral(linkedWith: key.opportunityID), other != key.referralID {
        try ledger.unlink(other)
      }
      try ledger.link(key.referralID, key.opportunityID, run: run)
      try ledger.agree(verdict.agreed, referral: key.referralID, known: facts.base)
    }
    let wanted = try verdict.changes.filter { try !ledger.isRejected($0, of: key) }
    let kept = Proposal.kept(of: verdict.changes, wanted: wanted)
    try ledger.store(verdict.keeping(kept))
    guard proposes else { return }
    for change in kept {
      try ledger.propose(change, phase: Proposal.phase(of: kept), of: verdict, versions: facts.versions)
    }
  }
}
