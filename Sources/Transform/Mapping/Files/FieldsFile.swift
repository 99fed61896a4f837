import Model

/// Reads `fields.csv`.
struct FieldsFile {
  static let name = "mappings/fields.csv"

  static let label = MappingTable.Column("field", of: name)
  static let path = MappingTable.Column("referral_path", of: name)
  static let field = MappingTable.Column("salesforce_field", of: name)
  static let toSalesforce = MappingTable.Column("to_salesforce", of: name)
  static let toPartnerCenter = MappingTable.Column("to_partner_center", of: name)
  static let transform = MappingTable.Column("transform", of: name)
  static let onConflict = MappingTable.Column("on_conflict", of: name)
  static let onEmpty = MappingTable.Column("on_empty", of: name)
  static let note = MappingTable.Column("note", of: name, isOptional: true)

  /// The rules that could be read.
  private(set) var rules: [FieldRule] = []
  /// All mistakes.
  private(set) var mistakes: [MappingDiagnostic]
  private let settings: Settings
  private let values: ValueFiles

  /// Reads the file with the settings and value files that its rows refer to.
  init(_ bytes: [UInt8], settings: Settings, values: ValueFiles) {
    self.settings = settings
    self.values = values
    let columns = [
      Self.label, Self.path, Self.field, Self.toSalesforce, Self.toPartnerCenter, Self.transform, Self.onConflict,
      Self.onEmpty, Self.note,
    ]
    let table = MappingTable(file: Self.name, bytes: bytes, columns: columns)
    mistakes = table.mistakes
    var targets = FieldTargets()
    for row in table.rows {
      let rule = rule(row)
      mistakes += targets.mistakes(adding: rule, row)
      mistakes += FieldCheck(rule: rule, row: row).mistakes
      rules.append(rule)
    }
    mistakes += targets.missingRows
  }

  /// The rule of a row; what cannot be read is noted and stands in as harmless.
  private mutating func rule(_ row: MappingTable.Row) -> FieldRule {
    FieldRule(
      label: label(row[Self.label].text),
      referralPath: ReferralPath(row[Self.path].text),
      salesforceField: salesforceField(row[Self.field]),
      toSalesforce: word(row[Self.toSalesforce], noun: "direction") ?? .never,
      toPartnerCenter: word(row[Self.toPartnerCenter], noun: "direction") ?? .never,
      transform: transform(row[Self.transform]),
      onConflict: word(row[Self.onConflict], noun: "conflict policy", empty: .hold) ?? .hold,
      onEmpty: word(row[Self.onEmpty], noun: "policy for empty values", empty: .keep) ?? .keep,
      note: row[Self.note].text, line: row.line,
      cells: FieldRule.Cells(
        salesforceField: row[Self.field].column, toSalesforce: row[Self.toSalesforce].column,
        toPartnerCenter: row[Self.toPartnerCenter].column, transform: row[Self.transform].column))
  }

  /// A label as it is written; a reserved one in its own capitals.
  private func label(_ text: String) -> String {
    ReservedField.allCases.first { $0.rawValue.lowercased() == text.lowercased() }?.rawValue ?? text
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ cell: MappingCell, noun: String, empty: Word? = nil
  ) -> Word? where Word.RawValue == String {
    if cell.isEmpty, let empty { return empty }
    if let word = Word(rawValue: cell.text.lowercased()) { return word }
    let words = Word.allCases.map(\.rawValue)
    let message = "unknown \(noun) \"\(cell.text)\"" + Spelling.advice(for: cell.text, among: words)
    mistakes.append(cell.mistake(.mappingUnknownWord, message))
    return nil
  }

  private mutating func salesforceField(_ cell: MappingCell) -> SalesforceField? {
    guard !cell.isEmpty else { return nil }
    let parts = cell.text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let objects = SalesforceObject.mapped.map(\.rawValue)
    guard let object = SalesforceObject.mapped.first(where: { $0.rawValue.lowercased() == parts[0].lowercased() })
    else {
      let message = "unknown object \"\(parts[0])\"" + Spelling.advice(for: parts[0], among: objects)
      mistakes.append(cell.mistake(.mappingUnknownField, message))
      return nil
    }
    guard parts.count == 2, SalesforceField.isAPIName(parts[1]) else {
      let message = "\"\(cell.text)\" is not a field; write \(object.rawValue). and the API name, not the label"
      mistakes.append(cell.mistake(.mappingUnknownField, message))
      return nil
    }
    return SalesforceField(object, parts[1])
  }

  private mutating func transform(_ cell: MappingCell) -> ValueTransform {
    switch cell.text.lowercased() {
    case "", "text": return .text
    case "decimal": return .decimal
    case "date": return .date(settings.closeDateZone)
    case "boolean": return .boolean
    case "country": return .country(values.countries)
    case "currency": return .currency
    case let text where text.hasPrefix("map:"): return map(cell)
    case _:
      let words = ["text", "decimal", "date", "boolean", "country", "currency", "map:FILE"]
      let message = "unknown transform \"\(cell.text)\"" + Spelling.advice(for: cell.text, among: words)
      mistakes.append(cell.mistake(.mappingUnknownWord, message))
      return .text
    }
  }

  private mutating func map(_ cell: MappingCell) -> ValueTransform {
    let file = PlainText.trimmed(String(cell.text.dropFirst(4)))
    guard let pairs = values.pairs[file] else {
      let message = "there is no file values/\(file)" + Spelling.advice(for: file, among: values.pairs.keys.sorted())
      mistakes.append(cell.mistake(.mappingMissingFile, message))
      return .text
    }
    return .map(ValueMap(file: file, pairs: pairs))
  }
}
