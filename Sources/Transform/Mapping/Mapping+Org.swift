package import Model

extension Mapping {
  /// The mapping as an org needs it, and a sentence for each thing that differs from the files.
  ///
  /// The files say what is mapped. An org decides three things that nobody should have to copy into them: whether it has
  /// a currency for each record, whether it keeps countries and states as codes, and how it spells restricted values.
  package func adapted(to org: OrgFields) -> (mapping: Mapping, notes: [String]) {
    let adaptation = OrgAdaptation(org: org)
    let fields = fields.map { rule in adaptation.rule(rule, isCurrency: rule == field(.currency)) }
    let defaults = defaults.map(adaptation.value)
    let mapping = Mapping(
      settings: settings, fields: fields.map(\.rule), stages: stages, defaults: defaults.map(\.value))
    return (mapping ?? self, fields.compactMap(\.note) + defaults.compactMap(\.note))
  }
}

/// What one org changes about the rows of the mapping files.
private struct OrgAdaptation {
  let org: OrgFields

  func rule(_ rule: FieldRule, isCurrency: Bool) -> (rule: FieldRule, note: String?) {
    guard let field = rule.salesforceField else { return (rule, nil) }
    if isCurrency, org[field.object.rawValue, field.name] == nil {
      return (
        rule.mapped(to: nil, by: rule.transform),
        "the org has one currency: \(field) does not exist there, and Default currency counts"
      )
    }
    if let coded = coded(rule, field) { return coded }
    guard case .map(let map) = rule.transform, let known = org[field.object.rawValue, field.name], !known.values.isEmpty
    else { return (rule, nil) }
    let spelled = map.spelled { known.spelling(of: $0) }
    guard spelled != map else { return (rule, nil) }
    return (rule.mapped(to: field, by: .map(spelled)), "values of \(field) are written as the org spells them")
  }

  /// A country or state of an org that keeps them as picklists: the code is written, and the name follows by itself.
  private func coded(_ rule: FieldRule, _ field: SalesforceField) -> (FieldRule, String?)? {
    guard field.object == .account, let code = org[field.object.rawValue, field.name + "Code"], code.isRestricted else {
      return nil
    }
    let target = SalesforceField(field.object, code.name)
    let note = "the org keeps it as a picklist: \(target) is used in place of \(field)"
    switch rule.transform {
    case .country: return (rule.mapped(to: target, by: rule.transform), note)
    case .text: return (rule.mapped(to: target, by: .map(Self.codes(code))), note)
    case .decimal, .date, .boolean, .currency, .map: return nil
    }
  }

  /// A code for itself, and for the name that goes with it.
  private static func codes(_ field: OrgFields.Field) -> ValueMap {
    let codes = field.values.map { ValueMap.Pair(partnerCenter: $0.value, salesforce: $0.value) }
    let names = field.values.filter { $0.label.lowercased() != $0.value.lowercased() }
      .map { ValueMap.Pair(partnerCenter: $0.label, salesforce: $0.value) }
    return ValueMap(file: "the org's list of \(field.name)", pairs: codes + names)
  }

  func value(_ value: DefaultValue) -> (value: DefaultValue, note: String?) {
    guard let field = org[value.object.rawValue, value.field], let spelling = field.spelling(of: value.value),
      spelling != value.value
    else { return (value, nil) }
    let changed = DefaultValue(object: value.object, field: value.field, value: spelling, line: value.line)
    return (changed, "\(value.object.rawValue).\(value.field) is written as the org spells it: \(spelling)")
  }
}

extension FieldRule {
  /// The same row for another field of Salesforce, or for none.
  fileprivate func mapped(to field: SalesforceField?, by transform: ValueTransform) -> FieldRule {
    FieldRule(
      label: label, referralPath: referralPath, salesforceField: field, toSalesforce: toSalesforce,
      toPartnerCenter: toPartnerCenter, transform: transform, onConflict: onConflict, onEmpty: onEmpty, note: note,
      line: line, cells: cells)
  }
}

extension ValueMap {
  /// The same map with Salesforce's values in another spelling, where there is one.
  fileprivate func spelled(_ spelling: (String) -> String?) -> ValueMap {
    ValueMap(
      file: file,
      pairs: pairs.map {
        Pair(partnerCenter: $0.partnerCenter, salesforce: spelling($0.salesforce) ?? $0.salesforce)
      })
  }
}
