import Model

/// The row that ticks an opportunity which comes from Partner Center (R2).
struct TickRow {
  let mapping: Mapping

  /// For the opportunity that another row of the pair creates.
  var ofNew: Change { row(id: "", "ticked on what comes from Partner Center") }

  /// For one that an earlier run created, and that it did not come to tick.
  func owed(_ opportunity: Record) -> Change {
    row(id: opportunity.id, "an earlier run created the opportunity and did not come to tick it")
  }

  private func row(id: String, _ reason: String) -> Change {
    let rule = mapping.field(.syncFlag)
    let field = rule.salesforceField?.name ?? "Sync_With_Partner_Center__c"
    return Change(
      .update, .toSalesforce, field: rule.label, values: Change.Values(new: "true"),
      because: Change.Grounds(.newFromPartnerCenter, rule: "R2", reason),
      effect: .updateRecord(object: "Opportunity", id: id, fields: [FieldWrite(field, "true")]))
  }
}
