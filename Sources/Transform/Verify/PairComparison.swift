package import Model

/// Compares the two records of a pair as they are, for `verify`.
///
/// It knows nothing of what both sides once agreed on, of plans, or of what was written: only the two records and the
/// mapping. That makes it a witness against the rest of the program.
package struct PairComparison: Sendable {
  private let judge: Judge
  private var mapping: Mapping { judge.mapping }

  /// A comparison by a mapping, for one organization.
  package init(mapping: Mapping, organizationID: String) {
    judge = Judge(mapping: mapping, organizationID: organizationID, now: nil)
  }

  /// Every field that a side is to keep in step with the other and that differs, and status and stage where they do not fit.
  ///
  /// Where the referral names another opportunity, that is all there is to say: their fields belong to different deals.
  package func differences(_ referral: Record, _ opportunity: Record) -> [Drift] {
    let state = ReferralState(status: referral[.status], substatus: referral[.substatus])
    let deal = OpportunityState(of: opportunity, by: mapping)
    let excuse = excuse(referral, opportunity, state)
    let fields = fields(referral, opportunity)
    if let other = fields.first(where: { $0.rule.reserved == .crmIdentifier && !$0.values.0.isEmpty }) {
      return [drift(of: other.rule, other.values, excuse)]
    }
    return fields.map { drift(of: $0, $1, excuse ?? self.excuse($0, state, deal)) }
      + stage(referral, opportunity, state, deal, excuse)
  }

  /// The fields whose values differ; one that cannot be read differs from everything.
  private func fields(_ referral: Record, _ opportunity: Record) -> [(rule: FieldRule, values: (String, String))] {
    let reader = FieldMerge(
      mapping: mapping, referral: referral, opportunity: opportunity, base: [:], organizationID: judge.organizationID,
      access: FieldMerge.Access(), plan: judge.plans.plan(mapping, referral, opportunity, [:]))
    return reader.plan.fields.compactMap { field in
      let rule = field.rule
      guard rule.toSalesforce == .always || rule.toPartnerCenter == .always, !rule.isNote, field.isMapped else {
        return nil
      }
      do throws(UnreadableValue) {
        let values = try reader.read(field)
        return values.partnerCenter == values.salesforce
          ? nil : (rule, (values.partnerCenter.text, values.salesforce.text))
      } catch {
        return (rule, ("\(error)", opportunity[rule.salesforceField?.column ?? ""]))
      }
    }
  }

  private func drift(of rule: FieldRule, _ values: (String, String), _ excuse: String?) -> Drift {
    Drift(field: rule.label, partnerCenter: values.0, salesforce: values.1, excuse: excuse)
  }

  private func stage(
    _ referral: Record, _ opportunity: Record, _ state: ReferralState, _ deal: OpportunityState, _ excuse: String?
  ) -> [Drift] {
    let decision = StatusTable.decide(referral: state, opportunity: deal, wasClosed: false, closesExpired: true)
    guard decision != .settled, decision != .waiting else { return [] }
    let status = [referral["status"], referral["substatus"]].filter { !$0.isEmpty }.joined(separator: "/")
    return [
      Drift(
        field: StatusRows.stageLabel, partnerCenter: status, salesforce: opportunity["StageName"], excuse: excuse)
    ]
  }

  /// Why nothing of the pair is kept in step; nil when it is.
  private func excuse(_ referral: Record, _ opportunity: Record, _ state: ReferralState) -> String? {
    guard judge.owns(referral) else { return "the referral is another organization's (R11)" }
    guard judge.isTicked(opportunity) else { return "Sync with Partner Center is not ticked (R1)" }
    guard let category = Category(of: referral) else { return "the kind of deal is not known (R9)" }
    if category == .privateDeal && mapping.settings.privateDeals == .skip {
      return "the setting Private deals leaves it out"
    }
    if category.isLead && mapping.settings.coSellOnly {
      return "a lead, which Sync Co-sell opportunity leaves out (R3)"
    }
    if state.isTerminal { return "closed in Partner Center, which takes nothing more (R65)" }
    return nil
  }

  /// Why a field may differ for now; nil when it may not.
  private func excuse(_ rule: FieldRule, _ state: ReferralState, _ deal: OpportunityState) -> String? {
    if deal == .onHold && rule.toSalesforce != .always { return "waits in the on-hold stage (R57)" }
    if rule.reserved == .dealValue && mapping.settings.hasCalculatedDealValue && rule.toPartnerCenter != .always {
      return "Salesforce calculates the deal value (R29)"
    }
    return nil
  }
}
