import Model

extension Judge {
  /// An opportunity that no referral belongs to: whether one is created, and if not, why not.
  func judgeOpportunity(_ facts: PairFacts) -> Verdict {
    guard let opportunity = facts.opportunity else {
      return Verdict(
        facts.key, .error, Verdict.Face(), code: .recordWithoutID, reason: "nothing is known", isSettled: true)
    }
    let face = self.face(referral: nil, opportunity: opportunity)
    func report(_ standing: Standing, _ code: Code, _ reason: String) -> Verdict {
      Verdict(facts.key, standing, face, code: code, reason: reason, isSettled: true)
    }
    let column = mapping.field(.referralIdentifier).salesforceField?.column ?? ""
    let referral = opportunity[column].isEmpty ? facts.linkedReferral ?? "" : opportunity[column]
    guard referral.isEmpty else {
      return report(
        .onlySalesforce, .referralNotVisible,
        "its referral \(referral) is not in the snapshot: out of sight, not deleted; nothing is changed")
    }
    guard isTicked(opportunity) else {
      return report(.skipped, .notTicked, "Sync with Partner Center is not ticked")
    }
    if opportunity.hasTicked("IsClosed") {
      return report(.skipped, .closedBeforeLinked, "closed before it was ever shared; no referral is created")
    }
    if opportunity["StageName"].caseInsensitiveEquals(mapping.settings.onHoldStage) {
      return report(.skipped, .waitingOnHold, "in the on-hold stage; nothing of it is sent")
    }
    let creation = ReferralCreation(mapping: mapping, opportunity: opportunity, organizationID: organizationID)
    switch creation.rows() {
    case .success(let changes):
      let isHeld = changes.first.map { $0.risk.proposal == .hold } ?? false
      return Verdict(
        facts.key, isHeld ? .held : .changes, face, code: .newFromSalesforce,
        reason: "ticked and not shared yet: a referral is created", changes: changes, isSettled: false)
    case .failure(let problem):
      let row = MarkRow(mapping: mapping).telling(opportunity, problem.text, told: facts.told)
      return Verdict(
        facts.key, .quarantined, face, code: problem.code, reason: problem.text, changes: row.map { [$0] } ?? [],
        isSettled: row == nil)
    }
  }
}
