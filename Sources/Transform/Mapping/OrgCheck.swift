package import Model

/// Whether an org has what a mapping speaks of: fields, types, lengths, values, stages.
///
/// Every finding stands at the cell that causes it. Nothing is asked of the org here; what it says of itself comes in.
package struct OrgCheck {
  private let mapping: Mapping
  private let org: OrgFields

  /// The file at whose rows the findings about fields stand.
  package static let fieldsFile = FieldsFile.name

  /// A check of a mapping, as the files give it, against an org.
  package init(_ mapping: Mapping, against org: OrgFields) {
    self.mapping = mapping
    self.org = org
  }

  /// Every finding, sorted by file, line and cell; a warning's code is an `N…`.
  package var findings: [MappingDiagnostic] {
    let adapted = mapping.adapted(to: org).mapping
    let rules = adapted.fields.flatMap { rule in self.findings(rule) }
    return (rules + stageFindings + defaultFindings + requiredFindings(adapted)).sorted()
  }

  // MARK: Fields

  private func findings(_ rule: FieldRule) -> [MappingDiagnostic] {
    guard let field = rule.salesforceField, org.knows(field.object.rawValue) else { return [] }
    guard let found = org[field.object.rawValue, field.name] else { return [missing(rule, field)] }
    return [access(rule, field, found), kind(rule, field, found), length(rule, field, found)].compactMap(\.self)
      + values(rule, field, found)
  }

  private func missing(_ rule: FieldRule, _ field: SalesforceField) -> MappingDiagnostic {
    let all = org.fields(of: field.object.rawValue)
    let byLabel = all.first { $0.label.lowercased() == field.name.lowercased() }
    let advice =
      byLabel.map { "; that is a label, the API name is \"\($0.name)\"" }
      ?? Spelling.suggestion(for: field.name, among: all.map(\.name))
    return at(rule, rule.cells.salesforceField, .orgFieldMissing, "the org has no field \(field)\(advice)")
  }

  /// A value that goes into Salesforce needs a field that takes it, when records are created or later.
  private func access(_ rule: FieldRule, _ field: SalesforceField, _ found: OrgFields.Field) -> MappingDiagnostic? {
    let problem: String? =
      switch rule.toSalesforce {
      case .never: nil
      case .create where !found.access.isCreateable: "cannot be given when a record is created"
      case .always where !found.access.isUpdateable, .raise where !found.access.isUpdateable:
        "cannot be changed: a formula, or this user may not write it"
      case .create, .always, .raise: nil
      }
    return problem.map {
      at(rule, rule.cells.toSalesforce, .orgFieldReadOnly, "\(field) \($0); to_salesforce must be never")
    }
  }

  private func kind(_ rule: FieldRule, _ field: SalesforceField, _ found: OrgFields.Field) -> MappingDiagnostic? {
    if found.kind == .reference, ServicesPath.isOne(of: rule.referralPath.alternatives) {
      let message = "\(field) holds another record's id; name a formula field that gives its name"
      return at(rule, rule.cells.salesforceField, .orgTypeMismatch, message)
    }
    guard !rule.transform.fits(found.kind) else { return nil }
    let message = "\(field) holds \(found.kind.noun); the transform \(rule.transform.word) does not fit"
    return at(rule, rule.cells.transform, .orgTypeMismatch, message)
  }

  /// What Partner Center may send that the field cannot hold (R101).
  private func length(_ rule: FieldRule, _ field: SalesforceField, _ found: OrgFields.Field) -> MappingDiagnostic? {
    guard found.kind == .text, found.length > 0, rule.toSalesforce != .never, let needed = Self.lengths[rule.label],
      found.length < needed
    else { return nil }
    let message = "\(field) holds \(found.length) characters, and \(needed) are needed"
    return at(rule, rule.cells.salesforceField, .orgTextTooShort, message)
  }

  /// Characters that a field must hold: ids, addresses and the trail are never cut.
  private static let lengths: [String: Int] = [
    ReservedField.referralIdentifier.rawValue: 36, ReservedField.referralLink.rawValue: 255,
  ]

  /// The values of a map against those of a picklist, both ways.
  private func values(_ rule: FieldRule, _ field: SalesforceField, _ found: OrgFields.Field) -> [MappingDiagnostic] {
    guard case .map(let map) = rule.transform, !found.values.isEmpty, map.file.hasSuffix(".csv") else { return [] }
    var findings: [MappingDiagnostic] = []
    if rule.toSalesforce != .never, found.isRestricted {
      for pair in map.pairs where !pair.salesforce.isEmpty && found.spelling(of: pair.salesforce) == nil {
        let advice = Spelling.suggestion(for: pair.salesforce, among: found.values.map(\.value))
        let message = "\(field) does not take \"\(pair.salesforce)\" of values/\(map.file)\(advice)"
        findings.append(at(rule, rule.cells.transform, .orgValueMissing, message))
      }
    }
    let known = Set(map.pairs.map { $0.salesforce.lowercased() })
    if rule.toPartnerCenter != .never {
      for choice in found.values where !known.contains(choice.value.lowercased()) {
        let message = "values/\(map.file) says nothing of \"\(choice.value)\", which \(field) can hold"
        findings.append(at(rule, rule.cells.transform, .orgValueUnmapped, message))
      }
    }
    return findings
  }

  // MARK: Stages

  private var stageFindings: [MappingDiagnostic] {
    guard !org.stages.isEmpty else { return [] }
    let settings: [(Setting, Bool, Bool)] = [
      (.onHoldStage, false, false), (.activeStage, false, false), (.closedWonStage, true, true),
      (.closedLostStage, true, false),
    ]
    var findings = settings.compactMap { setting, isClosed, isWon in
      stage(mapping.settings[setting], isClosed: isClosed, isWon: isWon).map { problem in
        let place = mapping.settings.places[setting]
        return MappingDiagnostic(
          file: "mappings/settings.csv", line: place?.line ?? 1, column: place?.column ?? 1, code: .orgStageWrong,
          message: "\(setting.label): \(problem)")
      }
    }
    let inSettings = Set(settings.map { mapping.settings[$0.0].lowercased() })
    for row in mapping.stages.rows where row.setsStage && !inSettings.contains(row.stage.lowercased()) {
      guard let problem = stage(row.stage, isClosed: row.status == "Closed", isWon: row.substatus == "Won") else {
        continue
      }
      findings.append(
        MappingDiagnostic(
          file: "mappings/stages.csv", line: row.line, column: 1, code: .orgStageWrong, message: problem))
    }
    return findings
  }

  /// What is wrong with a stage that a status sets; nil when nothing is.
  private func stage(_ name: String, isClosed: Bool, isWon: Bool) -> String? {
    guard let found = org.stages.first(where: { $0.name.lowercased() == name.lowercased() }) else {
      return "the org has no stage \"\(name)\"" + Spelling.suggestion(for: name, among: org.stages.map(\.name))
    }
    if !found.isActive { return "the stage \"\(found.name)\" is not active" }
    guard (found.isClosed, found.isWon) != (isClosed, isWon) else { return nil }
    let wanted = isClosed ? (isWon ? "closed and won" : "closed and not won") : "open"
    return "the stage \"\(found.name)\" is not \(wanted)"
  }

  // MARK: Records that are created

  private var defaultFindings: [MappingDiagnostic] {
    mapping.defaults.compactMap { value in
      guard org.knows(value.object.rawValue) else { return nil }
      let problem: (Code, String)? =
        if let field = org[value.object.rawValue, value.field] {
          if !field.access.isCreateable {
            (.orgFieldReadOnly, "\(value.object.rawValue).\(value.field) cannot be given when a record is created")
          } else if field.isRestricted, field.spelling(of: value.value) == nil {
            (
              .orgValueMissing,
              "\(value.object.rawValue).\(value.field) does not take \"\(value.value)\""
                + Spelling.suggestion(for: value.value, among: field.values.map(\.value))
            )
          } else {
            nil
          }
        } else {
          (
            .orgFieldMissing,
            "the org has no field \(value.object.rawValue).\(value.field)"
              + Spelling.suggestion(for: value.field, among: org.fields(of: value.object.rawValue).map(\.name))
          )
        }
      return problem.map { code, message in
        MappingDiagnostic(file: "mappings/defaults.csv", line: value.line, column: 2, code: code, message: message)
      }
    }
  }

  /// Fields without which no record can be created, and that nothing gives a value (R48).
  private func requiredFindings(_ adapted: Mapping) -> [MappingDiagnostic] {
    let given: [SalesforceObject: Set<String>] = [
      .opportunity: ["stagename", "name", "closedate", "accountid", "ownerid"], .account: ["name", "ownerid"],
      .contact: ["lastname", "firstname", "accountid", "ownerid"],
    ]
    return given.keys.sorted { $0.rawValue < $1.rawValue }.flatMap { object -> [MappingDiagnostic] in
      let mapped = adapted.fields.filter { $0.salesforceField?.object == object && $0.toSalesforce != .never }
        .compactMap { $0.salesforceField?.name.lowercased() }
      let known = (given[object] ?? []).union(mapped).union(adapted.defaults(for: object).map { $0.field.lowercased() })
      return org.fields(of: object.rawValue).filter { $0.access.isRequired && !known.contains($0.name.lowercased()) }
        .map { field in
          MappingDiagnostic(
            file: "mappings/defaults.csv", line: 1, column: 1, code: .orgFieldRequired,
            message: "a new \(object.rawValue) needs \(field.name) (\(field.label)); add the row "
              + "\(object.rawValue),\(field.name),VALUE")
        }
    }
  }

  private func at(_ rule: FieldRule, _ column: Int, _ code: Code, _ message: String) -> MappingDiagnostic {
    MappingDiagnostic(
      file: Self.fieldsFile, line: rule.line, column: column, code: code, message: "\(rule.label): \(message)")
  }
}

extension OrgFields {
  /// Whether the object was asked for.
  fileprivate func knows(_ object: String) -> Bool { !fields(of: object).isEmpty }
}

extension OrgFields.Field.Kind {
  /// What such a field holds, in words.
  fileprivate var noun: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .date: "a date"
    case .dateTime: "a date and time"
    case .boolean: "true or false"
    case .picklist: "a value of a list"
    case .reference: "a reference to another record"
    case .other: "something else"
    }
  }
}

extension ValueTransform {
  /// The word in the file.
  package var word: String {
    switch self {
    case .text: "text"
    case .decimal: "decimal"
    case .date: "date"
    case .boolean: "boolean"
    case .country: "country"
    case .currency: "currency"
    case .map(let map): "map:\(map.file)"
    }
  }

  /// Whether a field of that kind can hold what the transform reads and writes.
  fileprivate func fits(_ kind: OrgFields.Field.Kind) -> Bool {
    switch (self, kind) {
    case (.text, .text), (.text, .picklist), (.text, .reference), (.text, .other): true
    case (.decimal, .number), (.date, .date), (.date, .dateTime), (.boolean, .boolean): true
    case (.country, .text), (.country, .picklist), (.currency, .text), (.currency, .picklist): true
    case (.map, .text), (.map, .picklist): true
    case (.text, _), (.decimal, _), (.date, _), (.boolean, _), (.country, _), (.currency, _), (.map, _): false
    }
  }
}
