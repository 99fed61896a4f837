import Model

/// One mapped field of one real record on its way through the map, as `mappings try` shows it.
package struct FieldTrial: Sendable, Hashable {
  /// The row of `fields.csv`.
  package let rule: FieldRule
  /// What stands on either side, and how it is read; the reading is empty where there is no value.
  package let partnerCenter: Reading
  package let salesforce: Reading
  /// The value that both sides last agreed on; nil when there is none.
  package let base: String?
  /// What would happen: a write with its way and value, or why nothing is written.
  package let outcome: String

  /// A raw text and its canonical form.
  package struct Reading: Sendable, Hashable {
    /// The text as the snapshot holds it.
    package let raw: String
    /// The text in the form in which both sides are compared.
    package let value: String
  }
}

extension Judge {
  /// Every row of `fields.csv` over the records that are known of a pair, by the same merge that plans.
  package func trial(of facts: PairFacts) -> [FieldTrial] {
    mapping.fields.map { rule in
      let raw = (facts.referral?.first(of: rule.referralPath.alternatives) ?? "", salesforceText(rule, facts))
      let read = (reading(raw.0, rule, .partnerCenter), reading(raw.1, rule, .salesforce))
      return FieldTrial(
        rule: rule, partnerCenter: FieldTrial.Reading(raw: raw.0, value: read.0),
        salesforce: FieldTrial.Reading(raw: raw.1, value: read.1), base: facts.base[rule.label],
        outcome: outcome(rule, facts))
    }
  }

  private func salesforceText(_ rule: FieldRule, _ facts: PairFacts) -> String {
    guard let column = rule.salesforceField?.column, let opportunity = facts.opportunity else { return "" }
    return column == "Id" ? opportunity.id : opportunity[column]
  }

  private func reading(_ raw: String, _ rule: FieldRule, _ side: Side) -> String {
    do throws(UnreadableValue) {
      let value = try rule.transform.read(raw, from: side)
      return rule.reserved == .dealName && side == .salesforce ? NameMark.strip(value.text) : value.text
    } catch {
      return "unreadable"
    }
  }

  private func outcome(_ rule: FieldRule, _ facts: PairFacts) -> String {
    switch (facts.referral, facts.opportunity) {
    case (let referral?, let opportunity?): paired(rule, facts, referral, opportunity)
    case (let referral?, nil): creating(rule, referral.first(of: rule.referralPath.alternatives), .toSalesforce)
    case (nil, let opportunity?): creating(rule, opportunity[rule.salesforceField?.column ?? ""], .toPartnerCenter)
    case (nil, nil): ""
    }
  }

  private func paired(_ rule: FieldRule, _ facts: PairFacts, _ referral: Record, _ opportunity: Record) -> String {
    guard rule.salesforceField != nil else { return "not mapped: salesforce_field is empty" }
    guard let category = Category(of: referral) else { return "not compared: the kind of deal is not known" }
    let state = ReferralState(status: referral["status"], substatus: referral["substatus"])
    let merge = merge(facts, referral, opportunity, category, state).fields
    guard let field = merge.plan.fields.first(where: { $0.rule.label == rule.label }), field.isMapped else {
      return rule.referralPath.isEmpty
        ? "filled by the rules, not compared" : "not in the snapshot: run `reconcile plan`"
    }
    var result = merge.beginning
    merge.merge(field, into: &result)
    if let unreadable = result.unreadable { return "E719 " + unreadable }
    if let change = result.changes.first {
      let way = change.action == .conflict ? "a person decides" : "\(change.direction.rawValue): \(change.new)"
      return "\(way) (\(change.rule) \(change.code.rawValue), \(change.risk.rawValue))"
    }
    if let note = result.notes.first { return "\(note.code.rawValue) \(note.text)" }
    return "same"
  }

  /// What the creation of the other record makes of a value.
  private func creating(_ rule: FieldRule, _ raw: String, _ way: ChangeDirection) -> String {
    let direction = rule.direction(to: way.target)
    guard rule.isPaired else { return "not mapped on both sides" }
    guard direction != .never else {
      return "\(way.target == .salesforce ? "to_salesforce" : "to_partner_center") is never"
    }
    do throws(UnreadableValue) {
      let value = try rule.transform.read(raw, from: way.target.opposite)
      return value.isNone ? "nothing to write" : "\(way.rawValue): \(value.text)"
    } catch {
      return "E719 \(error)"
    }
  }
}
