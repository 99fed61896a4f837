import Model

/// Reads `defaults.csv`.
enum DefaultsFile {
  static let name = "mappings/defaults.csv"

  private static let object = MappingTable.Column("object", of: name)
  private static let field = MappingTable.Column("field", of: name)
  private static let value = MappingTable.Column("value", of: name)

  /// The defaults, with all mistakes.
  static func read(_ bytes: [UInt8]) -> (defaults: [DefaultValue], mistakes: [MappingDiagnostic]) {
    let table = MappingTable(file: name, bytes: bytes, columns: [object, field, value])
    var mistakes = table.mistakes
    var defaults: [DefaultValue] = []
    var lines: [String: Int] = [:]
    for row in table.rows {
      let found = mistakes.count
      let object = named(row[object], &mistakes)
      checkName(row[field], &mistakes)
      if row[value].isEmpty { mistakes.append(row[value].mistake(.mappingUnknownWord, "the value is missing")) }
      guard mistakes.count == found, let object else { continue }
      let key = "\(object.rawValue).\(row[field].text)".lowercased()
      if let line = lines[key] {
        let message = "\(object.rawValue).\(row[field].text) has a default in line \(line) already"
        mistakes.append(row[field].mistake(.mappingDuplicate, message))
        continue
      }
      lines[key] = row.line
      defaults.append(DefaultValue(object: object, field: row[field].text, value: row[value].text, line: row.line))
    }
    return (defaults, mistakes)
  }

  private static func named(_ cell: MappingCell, _ mistakes: inout [MappingDiagnostic]) -> SalesforceObject? {
    let object = SalesforceObject.created.first { $0.rawValue.lowercased() == cell.text.lowercased() }
    guard object == nil else { return object }
    let words = SalesforceObject.created.map(\.rawValue)
    let message = "unknown object \"\(cell.text)\"" + Spelling.advice(for: cell.text, among: words)
    mistakes.append(cell.mistake(.mappingUnknownWord, message))
    return nil
  }

  private static func checkName(_ cell: MappingCell, _ mistakes: inout [MappingDiagnostic]) {
    if !SalesforceField.isAPIName(cell.text) {
      mistakes.append(cell.mistake(.mappingUnknownField, "\"\(cell.text)\" is not the API name of a field"))
    } else if cell.text.lowercased() == "id" {
      mistakes.append(cell.mistake(.mappingContradiction, "Salesforce sets the Id"))
    }
  }
}
