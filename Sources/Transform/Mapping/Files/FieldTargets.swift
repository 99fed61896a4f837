import Model

/// What the rows of `fields.csv` have claimed so far: labels, and targets on both sides.
struct FieldTargets {
  private var labels: [String: Int] = [:]
  private var salesforce: [String: Int] = [:]
  private var partnerCenter: [String: Int] = [:]

  /// Notes a row and tells what it claims a second time.
  mutating func mistakes(adding rule: FieldRule, _ row: MappingTable.Row) -> [MappingDiagnostic] {
    var mistakes: [MappingDiagnostic] = []
    if let line = Self.claim(rule.label, in: &labels, rule.line), !rule.label.isEmpty {
      let message = "the field \"\(rule.label)\" stands in line \(line) already"
      mistakes.append(row[FieldsFile.label].mistake(.mappingDuplicate, message))
    }
    if let field = rule.salesforceField, rule.toSalesforce != .never,
      let line = Self.claim(field.key, in: &salesforce, rule.line)
    {
      let message = "\(field) is written by line \(line) already"
      mistakes.append(row[FieldsFile.field].mistake(.mappingDuplicate, message))
    }
    if let path = rule.referralPath.written, rule.toPartnerCenter != .never,
      let line = Self.claim(path, in: &partnerCenter, rule.line)
    {
      let message = "\(path) is written by line \(line) already"
      mistakes.append(row[FieldsFile.path].mistake(.mappingDuplicate, message))
    }
    return mistakes
  }

  /// A mistake for each reserved row that is not there.
  var missingRows: [MappingDiagnostic] {
    ReservedField.allCases.filter { labels[$0.rawValue.lowercased()] == nil }.map { field in
      MappingDiagnostic(
        file: FieldsFile.name, line: 1, column: 1, code: .mappingContradiction,
        message: "the row \"\(field.rawValue)\" is missing; to switch it off, set both directions to never")
    }
  }

  /// The line of an earlier claim.
  private static func claim(_ name: String, in claims: inout [String: Int], _ line: Int) -> Int? {
    let key = name.lowercased()
    if let earlier = claims[key] { return earlier }
    claims[key] = line
    return nil
  }
}
