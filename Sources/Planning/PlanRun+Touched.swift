package import Extract
package import Ledger
package import Model
import Transform

// A plan of a part: the deals that events named, and whatever has to be judged with them.
extension PlanRun {
  /// What a run about single referrals brought.
  package struct TouchedResult: Sendable {
    /// The plan and what it rests on.
    package let plan: Result
    /// Referrals that are not there, or not for this user to see: nothing was concluded from that.
    package let missing: [String]
  }

  /// Reads the referrals and what belongs with them, judges these, and stores the plan.
  ///
  /// All other records and verdicts stand as the last plan left them, and none is ended: a limit on what a side may lose
  /// has nothing to hold on to here. It rests on a full plan by the same rules, which must be there.
  ///
  /// - Throws: `Failure`, `touchedNeedsPlan` among them; the ledger is then as it was before.
  package func run(
    _ id: RunID, at started: String, touched referrals: [String], from source: any ChosenSource,
    into ledger: LedgerFile, progress: @escaping Extraction.Progress
  ) throws -> TouchedResult {
    try ledger.write { transaction in
      try requireFullPlan(in: transaction)
      let clock = ContinuousClock()
      let start = clock.now
      try transaction.beginTouching()
      try checkParties(in: transaction)
      let number = try transaction.openRun(id, kind: RunEntry.touched, started: started, mapping: mapping.digest)
      try transaction.keep(org: encodedOrg)
      var extraction = try ChosenExtraction(from: source, for: number, into: transaction, progress: progress)
      try extraction.follow(referrals)
      try extraction.read(neighbourKeys(in: transaction))
      let snapshots = try extraction.finish()
      let read = clock.now
      try transaction.overtakeVerdicts()
      let pass = try JudgingPass(judge: judge(by: adaptedMapping, started), run: number, in: transaction)
      try pass.run(in: transaction)
      let look = Look(
        number: number, snapshots: snapshots, pass: pass,
        durations: [.snapshot: read - start, .judge: clock.now - read])
      try transaction.numberProposals(of: number)
      return TouchedResult(plan: try seal(look, id, nil, in: transaction), missing: extraction.missingReferrals)
    }
  }

  /// Refuses where the standing verdicts were made by other rules, or where there are none: what belongs with a deal is
  /// known from them, and a change of the mapping concerns all deals.
  private func requireFullPlan(in transaction: LedgerTransaction) throws {
    let known = try transaction.meta(Self.rules)
    let trouble: String? =
      if known.isEmpty {
        "there was no full plan yet"
      } else if known != rulesOfToday {
        "the mapping is not the one of the last full plan"
      } else if try confirmed(in: transaction) != nil {
        "the changed mapping is not confirmed yet"
      } else {
        nil
      }
    guard let trouble else { return }
    throw Failure(
      .touchedNeedsPlan, "a run about single referrals rests on a full plan: \(trouble)",
      fix: "run `reconcile plan`; the events stay queued")
  }

  /// What the touched referrals may be attached to.
  private func neighbourKeys(in transaction: LedgerTransaction) throws -> NeighbourKeys {
    var keys = NeighbourKeys()
    try transaction.eachTouched(.referral) { id in
      guard let referral = try transaction.record(.referral, id) else { return }
      let lookups = Lookups(for: referral, by: adaptedMapping)
      // The key of an account is its name, a bar and its postal code.
      if let bar = lookups.account.lastIndex(of: "|") { keys.accounts.append(String(lookups.account[..<bar])) }
      keys.contacts += lookups.contacts
      keys.solutions += lookups.solutions
      keys.users += lookups.users
      keys.referrals.append(id)
    }
    return keys.unique
  }
}

extension NeighbourKeys {
  /// The same keys, each once and sorted, without empty ones.
  fileprivate var unique: NeighbourKeys {
    func once(_ texts: [String]) -> [String] { Set(texts).filter { !$0.isEmpty }.sorted() }
    var keys = self
    keys.accounts = once(accounts)
    keys.contacts = once(contacts)
    keys.solutions = once(solutions)
    keys.users = once(users)
    keys.referrals = once(referrals)
    return keys
  }
}
