import Model
import Transform
import Wire

// The mapping against the org: what `OrgCheck` finds, each told where it belongs.
extension DoctorFacts {
  var stageFindings: [Finding] {
    let check = Precondition.stages
    return check.findings(salesforce.stages) { stages in
      guard !stages.isEmpty else {
        return [
          check.error(
            .permissionRefused, "the user sees no stage of opportunities",
            fix: "give the integration user access to the object OpportunityStage")
        ]
      }
      return check.findings(mapping) { mapping in
        orgFindings(of: check, mapping).orOK(
          "those of the mapping are there, open and closed as they should be", of: check)
      }
    }
  }

  func customFieldFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.customFields
    let count = mapping.fields.count { $0.salesforceField?.isCustom == true }
    return orgFindings(of: check, mapping)
      .orOK("\(count) are there, with types and lengths that fit", of: check)
  }

  func syncFieldFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.syncField
    let name = mapping.field(.syncFlag).salesforceField?.description ?? "none is named"
    return orgFindings(of: check, mapping).orOK("\(name), a checkbox", of: check)
  }

  func countryFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.country
    let rule = mapping.field(.customerCountry)
    let used = mapping.adapted(to: salesforce.org).mapping.field(.customerCountry).salesforceField
    guard let used else {
      return [
        check.warning(
          .countryMissing, "\(rule.label) names no field: no referral can be created",
          fix: "name the field that holds the two-letter code in mappings/fields.csv")
      ]
    }
    let isList = used != rule.salesforceField
    return orgFindings(of: check, mapping)
      .orOK(isList ? "\(used): the org keeps countries and states as picklists" : "\(used)", of: check)
  }

  func currencyFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.currency
    let faults = orgFindings(of: check, mapping)
    guard faults.isEmpty else { return faults }
    if let field = mapping.adapted(to: salesforce.org).mapping.field(.currency).salesforceField {
      return [check.ok("\(field)")]
    }
    let currency = mapping.settings[.defaultCurrency]
    guard currency.isEmpty else { return [check.ok("the org has one currency: \(currency)")] }
    return [
      check.warning(
        .currencyInvalid, "the org has one currency, and the setting Default currency does not say which",
        fix: "write its three-letter code into mappings/settings.csv")
    ]
  }

  func mappingFitFindings(_ mapping: Mapping) -> [Finding] {
    orgFindings(of: .mappingFit, mapping).orOK("fields, values and defaults fit", of: .mappingFit)
  }

  /// The findings that belong to one check.
  private func orgFindings(of check: Precondition, _ mapping: Mapping) -> [Finding] {
    OrgCheck(mapping, against: salesforce.org).findings.filter { finding in
      mapping.precondition(of: finding) == check && !isToldOfObject(finding, mapping)
    }.map(check.finding)
  }

  /// Whether a field cannot be written because no record of its object can: that is told once, of the object.
  private func isToldOfObject(_ finding: MappingDiagnostic, _ mapping: Mapping) -> Bool {
    guard finding.code == .orgFieldReadOnly, let object = mapping.rule(at: finding)?.salesforceField?.object,
      let description = salesforce.objects[object.rawValue]?.value
    else { return false }
    return !description.isCreateable
  }
}

extension Mapping {
  /// The row of `fields.csv` at which a finding stands; nil when it stands in another file.
  fileprivate func rule(at finding: MappingDiagnostic) -> FieldRule? {
    finding.file == OrgCheck.fieldsFile ? fields.first { $0.line == finding.line } : nil
  }

  /// The check that a finding of the org belongs to, by the row at which it stands.
  fileprivate func precondition(of finding: MappingDiagnostic) -> Precondition {
    if finding.code == .orgStageWrong { return .stages }
    guard let rule = rule(at: finding) else { return .mappingFit }
    if rule.line == field(.syncFlag).line { return .syncField }
    if rule.line == field(.customerCountry).line { return .country }
    if rule.line == field(.currency).line { return .currency }
    return rule.salesforceField?.isCustom == true ? .customFields : .mappingFit
  }
}

extension SalesforceField {
  /// Whether an administrator or a package made it.
  fileprivate var isCustom: Bool { name.lowercased().hasSuffix("__c") }
}
