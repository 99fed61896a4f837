package import Foundation
package import Model

/// Finds out what is to happen with a pair, from its facts and the mapping alone.
///
/// Every record of both snapshots goes through exactly one of its doors and comes out with one verdict.
package struct Judge: Sendable {
  /// Counts the changes of the rules themselves: settled verdicts of an older revision are found anew.
  package static let revision = 4

  /// What the records are compared by.
  package let mapping: Mapping
  /// The own organization in Partner Center (R5, R11); empty when it is not known, and then every referral counts as own.
  let organizationID: String
  /// The moment of the run, for what time decides: days left, the window of deal registration; nil where nobody tells it.
  let now: Date?
  /// What was found out about columns on the way.
  let plans = MergePlans()

  /// A judge by one mapping, for one organization, at one moment.
  package init(mapping: Mapping, organizationID: String, now: Date? = nil) {
    self.mapping = mapping
    self.organizationID = organizationID.lowercased()
    self.now = now
  }

  /// A referral whose identity is settled, or not.
  ///
  /// What rests on a conflict of identities is judged again every night, since any of its records may solve it.
  package func judge(_ identity: Identity, facts: PairFacts) -> Verdict {
    guard let referral = facts.referral else { return judgeOpportunity(facts) }
    func report(_ standing: Standing, _ code: Code, _ reason: String, isSettled: Bool = true) -> Verdict {
      let face = self.face(referral: referral, opportunity: facts.opportunity)
      return Verdict(facts.key, standing, face, code: code, reason: reason, isSettled: isSettled)
    }
    guard owns(referral) else {
      let owner = referral[.organization].lowercased()
      return report(
        .skipped, .ownedByAnotherOrganization, "the referral belongs to \(owner), another party of the engagement")
    }
    if mapping.settings.makesLeads, let category = Category(of: referral), category.isLead,
      isLeadsBusiness(identity, facts.neighbours.leads)
    {
      return judgeLead(facts, referral, category)
    }
    switch identity {
    case .pair:
      return judgePair(facts)
    case .alone:
      return judgeReferral(facts)
    case .orphan(let opportunity):
      return report(
        .onlyPartnerCenter, .opportunityNotVisible,
        "its opportunity \(opportunity) is not in the snapshot: deleted, merged or out of sight; nothing is changed")
    case .unknownRecord(let named):
      return report(
        .onlyPartnerCenter, .unknownCRMRecord, "it names the CRM record \(named), which the snapshot does not hold")
    case .duplicate(let opportunities, let referrals):
      let others = (opportunities + referrals).joined(separator: ", ")
      return report(.error, .identityDuplicate, "several records claim this identity: \(others)", isSettled: false)
    case .disagreement(let opportunities):
      return report(
        .error, .identityDisagreement,
        "link, Referral Identifier and CRM id do not agree on \(opportunities.joined(separator: ", "))",
        isSettled: false)
    }
  }

  /// Whether a referral that is a lead is to be judged by the leads that hold its id; else its identity comes first.
  ///
  /// The CRM record that it names may be its lead, or the opportunity that this was converted into.
  private func isLeadsBusiness(_ identity: Identity, _ leads: [Record]) -> Bool {
    switch identity {
    case .alone: true
    case .unknownRecord: !leads.isEmpty
    case .orphan(let gone):
      leads.contains { SalesforceID.normalized($0["ConvertedOpportunityId"]).map { $0 != gone } ?? false }
    case .pair, .duplicate, .disagreement: false
    }
  }

  /// An opportunity that a conflict of identities keeps from being paired (R18, R19).
  package func judgeBlocked(_ opportunity: Record, by referrals: [String], code: Code) -> Verdict {
    Verdict(
      PairKey(opportunityID: opportunity.id), .error, face(referral: nil, opportunity: opportunity), code: code,
      reason: "its identity is not clear: \(referrals.joined(separator: ", "))", isSettled: false)
  }

  /// Whether a referral is the own organization's; another party's record of an engagement takes no part (R11).
  package func owns(_ referral: Record) -> Bool {
    guard !organizationID.isEmpty else { return true }
    let owner = referral[.organization]
    return owner.isEmpty || owner == organizationID || owner.lowercased() == organizationID
  }

  /// Whether a deal is a solution assessment, which has stages of its own, and the setting leaves those out (R10).
  func skipsAssessment(_ referral: Record) -> Bool {
    guard mapping.settings.skipsAssessments else { return false }
    let ids = mapping.settings.assessmentIDs
    return !ids.isEmpty && DealSolution.of(referral: referral).contains { ids.contains($0.id.lowercased()) }
  }

  /// Why a solution assessment is left out.
  static let assessmentReason = "a solution assessment; the setting Solution assessments leaves them out"

  /// How a pair is shown in the report.
  func face(referral: Record?, opportunity: Record?) -> Verdict.Face {
    var face = Verdict.Face()
    if let referral {
      face.name = PlainText.canonical(referral[.name], unescapingEntities: true)
      face.category = Category(of: referral)?.rawValue ?? "unknown"
      let status = referral[.status]
      let substatus = referral[.substatus]
      face.status = substatus.isEmpty ? status : status + "/" + substatus
    }
    if let opportunity {
      face.name = NameMark.strip(opportunity[.name])
      face.stage = opportunity[.stage]
    }
    return face
  }
}
