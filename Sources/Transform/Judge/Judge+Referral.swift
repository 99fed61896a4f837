import Model

extension Judge {
  /// A referral that no opportunity belongs to: whether one is created, and if not, why not.
  func judgeReferral(_ facts: PairFacts) -> Verdict {
    guard let referral = facts.referral else { return judgeOpportunity(facts) }
    let face = self.face(referral: referral, opportunity: nil)
    func report(_ standing: Standing, _ code: Code, _ reason: String, isSettled: Bool = true) -> Verdict {
      Verdict(facts.key, standing, face, code: code, reason: reason, isSettled: isSettled)
    }
    guard let category = Category(of: referral) else {
      return report(.quarantined, .categoryUnknown, categoryProblem(referral))
    }
    if category.isLead && mapping.settings.coSellOnly {
      return report(.skipped, .leadFiltered, "a lead; Sync Co-sell opportunity is on, so leads stay out of Salesforce")
    }
    if category.isLead && mapping.settings.leadTarget == .skip {
      return report(.skipped, .leadFiltered, "a lead; the setting Lead target skips leads")
    }
    if skipsAssessment(referral) { return report(.skipped, .assessmentSkipped, Self.assessmentReason) }
    if category == .privateDeal && mapping.settings.privateDeals == .skip {
      return report(.skipped, .privateDealSkipped, "the setting Private deals leaves private deals out")
    }
    let state = ReferralState(status: referral["status"], substatus: referral["substatus"])
    if case .unknown(let status) = state, referral["status"].lowercased() != "active" {
      return report(.quarantined, .statusUnknown, "the status \(status) is not known; nothing is created")
    }
    if state.isTerminal {
      return report(.closed, .closedBeforeLinked, "closed before it was ever linked; no opportunity is created")
    }
    let draft = OpportunityCreation(mapping: mapping, referral: referral, state: state, neighbours: facts.neighbours)
    switch draft.rows() {
    case .success(let changes):
      return Verdict(
        facts.key, .changes, face, code: .newFromPartnerCenter, reason: "no opportunity belongs to it: one is created",
        changes: changes, isSettled: false)
    case .failure(let problem):
      return report(
        .quarantined, problem.code, problem.text + deadline(of: referral, in: state), isSettled: false)
    }
  }

  /// Until when a new referral must be answered, as the end of a reason (R64); empty for one that was.
  func deadline(of referral: Record, in state: ReferralState) -> String {
    guard state == .new else { return "" }
    let answer = Deadlines(referral: referral, now: now).answer
    return answer.isEmpty ? "" : "; " + answer
  }
}

/// Why a record cannot be created on the other side.
struct CreationProblem: Error {
  let code: Code
  let text: String
}
