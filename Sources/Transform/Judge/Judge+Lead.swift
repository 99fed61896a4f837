import JSON
import Model

extension Judge {
  /// A referral that is a lead, where leads become leads of Salesforce (R49).
  ///
  /// | leads with its id | state | what happens |
  /// |---|---|---|
  /// | none | open | one is created |
  /// | none | closed | nothing (R53) |
  /// | one | not converted | its id is recorded in the referral; nothing else is synchronized |
  /// | one | converted into an opportunity | the opportunity's id is recorded, and the deal goes on there |
  /// | several | any | all stop (R18) |
  func judgeLead(_ facts: PairFacts, _ referral: Record, _ category: Category) -> Verdict {
    let face = self.face(referral: referral, opportunity: nil)
    func report(_ standing: Standing, _ code: Code, _ reason: String, _ changes: [Change] = [], isSettled: Bool)
      -> Verdict
    {
      Verdict(facts.key, standing, face, code: code, reason: reason, changes: changes, isSettled: isSettled)
    }
    let state = ReferralState(status: referral["status"], substatus: referral["substatus"])
    let leads = facts.neighbours.leads
    guard leads.count < 2 else {
      let ids = leads.map(\.id).joined(separator: ", ")
      return report(.error, .identityDuplicate, "several leads hold its id: \(ids)", isSettled: false)
    }
    guard let lead = leads.first else {
      if state.isTerminal {
        return report(
          .closed, .closedBeforeLinked, "closed before it was ever linked; no lead is created", isSettled: true)
      }
      if case .unknown(let status) = state, referral["status"].lowercased() != "active" {
        return report(
          .quarantined, .statusUnknown, "the status \(status) is not known; nothing is created", isSettled: true)
      }
      switch LeadCreation(mapping: mapping, referral: referral).rows() {
      case .success(let rows):
        return report(
          .changes, .newFromPartnerCenter, "no lead belongs to it: one is created", rows, isSettled: false)
      case .failure(let problem):
        return report(
          .quarantined, problem.code, problem.text + deadline(of: referral, in: state), isSettled: false)
      }
    }
    let converted = SalesforceID.normalized(lead["ConvertedOpportunityId"]) ?? ""
    let target = lead.hasTicked("IsConverted") && !converted.isEmpty ? converted : lead.id
    let reason =
      target == lead.id
      ? "it is the lead \(lead.id) in Salesforce, \(lead["Status"])"
      : "its lead \(lead.id) was converted: the deal goes on as the opportunity \(target)"
    let named = SalesforceID.normalized(referral["externalReferenceId"]) ?? referral["externalReferenceId"]
    // A lead that is there is looked at every night: nothing tells when it is converted.
    guard named != target, !state.isTerminal else { return report(.inSync, .leadOfReferral, reason, isSettled: false) }
    let link = Change(
      .link, .toPartnerCenter, field: mapping.field(.crmIdentifier).label,
      values: Change.Values(partnerCenter: referral["externalReferenceId"], salesforce: target, new: target),
      because: Change.Grounds(.linkRecorded, rule: "R12 R49", reason),
      effect: .patchReferral([PatchOperation(path: "/externalReferenceId", value: JSONValue.string(target).text)]))
    return report(.changes, .leadOfReferral, reason, [link], isSettled: false)
  }
}
