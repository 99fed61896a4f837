import Model

/// Whether the parts of one row of `fields.csv` go together.
struct FieldCheck {
  let rule: FieldRule
  let row: MappingTable.Row

  /// What does not.
  var mistakes: [MappingDiagnostic] {
    labelMistakes + pathMistakes + salesforceMistakes + raiseMistakes + mapMistakes + noteMistakes
  }

  private var labelMistakes: [MappingDiagnostic] {
    guard rule.label.isEmpty else { return [] }
    return [row[FieldsFile.label].mistake(.mappingUnknownWord, "the label of the field is missing")]
  }

  // MARK: Partner Center

  private var pathMistakes: [MappingDiagnostic] {
    guard !rule.referralPath.isEmpty else { return withoutPath }
    let known = rule.referralPath.alternatives.map { ($0, KnownPath.named($0)) }
    let unknown = known.filter { $0.1 == nil }.map { path, _ in
      let message =
        "unknown referral path \"\(path)\""
        + Spelling.suggestion(for: path, among: KnownPath.all.map(\.path))
      return row[FieldsFile.path].mistake(.mappingUnknownField, message)
    }
    guard unknown.isEmpty else { return unknown }
    return accessMistakes + known.compactMap { kindMistake($0.1) }.prefix(1)
  }

  private var withoutPath: [MappingDiagnostic] {
    if rule.toPartnerCenter != .never {
      let message = "there is no referral path to write to; to_partner_center must be never"
      return [row[FieldsFile.toPartnerCenter].mistake(.mappingContradiction, message)]
    }
    // Rows that the rules fill need no path: the link, the tick, the audit trail.
    if rule.toSalesforce == .never || ReservedField(rawValue: rule.label) != nil { return [] }
    return [row[FieldsFile.path].mistake(.mappingContradiction, "there is no referral path to read from")]
  }

  /// Whether Partner Center takes the value at all, and when (R38, R65, R75, R96).
  private var accessMistakes: [MappingDiagnostic] {
    guard let path = rule.referralPath.written, let known = KnownPath.named(path) else { return [] }
    let problem: String? =
      switch (known.access, rule.toPartnerCenter) {
      case (_, .never), (.open, .always), (.open, .create), (.open, .raise): nil
      case (.creation, .create), (.oneWay, .create), (.oneWay, .raise): nil
      case (.readOnly, _): "is set by Partner Center; to_partner_center must be never"
      case (.stages, _): "is written through stages.csv; to_partner_center must be never"
      case (.creation, _): "is locked after creation; to_partner_center must be create or never"
      case (.oneWay, .always): "cannot be taken back; to_partner_center must be raise, create or never"
      }
    return problem.map { [row[FieldsFile.toPartnerCenter].mistake(.mappingContradiction, "\(path) \($0)")] } ?? []
  }

  private func kindMistake(_ known: KnownPath?) -> MappingDiagnostic? {
    guard let known, !fits(known.kind) else { return nil }
    let message =
      "\(known.path) holds \(noun(known.kind)); the transform \(row[FieldsFile.transform].text) does not fit"
    return row[FieldsFile.transform].mistake(.mappingContradiction, message)
  }

  /// Text can be read from anything, as long as it is not written back.
  private func fits(_ kind: KnownPath.Kind) -> Bool {
    switch (rule.transform, kind) {
    case (.text, .text), (.country, .text), (.currency, .text), (.map, .text): true
    case (.decimal, .number), (.date, .date), (.boolean, .boolean): true
    case (.text, _): rule.toPartnerCenter == .never
    case (.decimal, _), (.date, _), (.boolean, _), (.country, _), (.currency, _), (.map, _): false
    }
  }

  private func noun(_ kind: KnownPath.Kind) -> String {
    switch kind {
    case .text: "text"
    case .number: "a number"
    case .boolean: "true or false"
    case .date: "a date"
    }
  }

  // MARK: Salesforce

  private var salesforceMistakes: [MappingDiagnostic] {
    guard let field = rule.salesforceField, rule.toSalesforce != .never else { return [] }
    let problem: String? =
      if field.isReadOnly {
        "\(field) can only be read; to_salesforce must be never"
      } else if field.key == "opportunity.stagename" {
        "\(field) is written through stages.csv; to_salesforce must be never"
      } else {
        nil
      }
    return problem.map { [row[FieldsFile.toSalesforce].mistake(.mappingContradiction, $0)] } ?? []
  }

  // MARK: Both

  /// Notes of Salesforce are added to, never read: what sellers note for themselves is not Microsoft's (R90).
  private var noteMistakes: [MappingDiagnostic] {
    guard let field = rule.salesforceField, field.object == .note else { return [] }
    var mistakes: [MappingDiagnostic] = []
    if field.name.lowercased() != "content" {
      mistakes.append(
        row[FieldsFile.field].mistake(.mappingUnknownField, "a note has no field but ContentNote.Content"))
    }
    if rule.toPartnerCenter != .never {
      let message = "notes of Salesforce are not sent to Microsoft; to_partner_center must be never"
      mistakes.append(row[FieldsFile.toPartnerCenter].mistake(.mappingContradiction, message))
    }
    if rule.transform != .text {
      mistakes.append(
        row[FieldsFile.transform].mistake(.mappingContradiction, "a note is text; the transform must be text"))
    }
    return mistakes
  }

  /// A map that is written back needs one value for each of Partner Center's; countries have their first name.
  private var mapMistakes: [MappingDiagnostic] {
    guard case .map(let map) = rule.transform, rule.toSalesforce != .never, map.file != ValuesFile.countries,
      let repeated = map.repeated
    else { return [] }
    let message =
      "\"\(repeated)\" stands twice in values/\(map.file): to_salesforce must be never, or the value stand once"
    return [row[FieldsFile.transform].mistake(.mappingDuplicate, message)]
  }

  private var raiseMistakes: [MappingDiagnostic] {
    switch rule.transform {
    case .boolean, .map: return []
    case .text, .decimal, .date, .country, .currency:
      return [FieldsFile.toSalesforce, FieldsFile.toPartnerCenter].map { row[$0] }
        .filter { $0.text.lowercased() == Direction.raise.rawValue }
        .map { $0.mistake(.mappingContradiction, "only the transforms boolean and map can be raised") }
    }
  }
}
