import JSON
import Model

/// The row that tells in the opportunity itself what became of the pair's other rows.
struct MarkRow {
  let mapping: Mapping

  /// Check mark and audit line behind the pair's other rows (R102, R106); nil when both are switched off.
  ///
  /// `name` is the name without mark, as those rows leave it.
  func following(_ opportunity: Record?, name: String) -> Change? {
    let nameField = mapping.settings.marksNames ? mapping.field(.dealName).salesforceField?.name : nil
    let audit = mapping.field(.audit).salesforceField
    guard nameField != nil || audit != nil else { return nil }
    return Change(
      .mark, .toSalesforce, field: "Sync mark",
      values: Change.Values(
        salesforce: opportunity.flatMap { NameMark.found(in: $0["Name"])?.rawValue } ?? "",
        new: nameField == nil ? "" : NameMark.check.rawValue),
      because: Change.Grounds(.syncMark, rule: "R102 R106"),
      effect: .mark(MarkDraft(nameField: nameField, name: name, auditField: audit?.name)))
  }

  /// Cross and audit line of an opportunity that is ticked and cannot be shared (R25, R106); nil when it was told already, or
  /// when there is no place to tell it.
  func telling(_ opportunity: Record, _ problem: String, told: String?) -> Change? {
    let name = NameMark.strip(opportunity["Name"])
    // A cross must not become the name of a deal that has none.
    let nameField =
      mapping.settings.marksNames && !name.isEmpty ? mapping.field(.dealName).salesforceField?.name : nil
    let audit = mapping.field(.audit).salesforceField
    guard told != problem, nameField != nil || audit != nil else { return nil }
    return Change(
      .mark, .toSalesforce, field: "Sync mark",
      values: Change.Values(
        salesforce: NameMark.found(in: opportunity["Name"])?.rawValue ?? "",
        new: nameField == nil ? "" : NameMark.cross.rawValue),
      because: Change.Grounds(.notShared, rule: "R25 R106", "the seller is told why nothing is sent"),
      effect: .mark(
        MarkDraft(
          nameField: nameField, name: name, auditField: audit?.name, problem: problem)),
      settles: [MarkDraft.told: problem])
  }

  /// What to do with the mark of a pair that needs nothing else (R103); nil when the mark is right.
  ///
  /// A cross gives way to a check mark; with marks switched off, an old one goes.
  func alone(_ opportunity: Record) -> Change? {
    let name = opportunity[.name]
    guard let found = NameMark.found(in: name), let field = mapping.field(.dealName).salesforceField else { return nil }
    let clean = NameMark.strip(name)
    let new = mapping.settings.marksNames ? NameMark.check.added(to: clean) : clean
    guard !mapping.settings.marksNames || found == .cross else { return nil }
    return Change(
      .mark, .toSalesforce, field: "Sync mark",
      values: Change.Values(salesforce: found.rawValue, new: mapping.settings.marksNames ? "✔" : ""),
      because: Change.Grounds(
        .syncMark, rule: "R103",
        mapping.settings.marksNames ? "the pair is in sync again" : "marks are switched off"),
      effect: .updateRecord(
        object: "Opportunity", id: opportunity.id, fields: [FieldWrite(field.name, JSONValue.string(new).text)]))
  }
}
