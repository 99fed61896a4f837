import Model

/// Reads `settings.csv`.
enum SettingsFile {
  static let name = "mappings/settings.csv"

  private static let setting = MappingTable.Column("setting", of: name)
  private static let defaultValue = MappingTable.Column("default_value", of: name)
  private static let currentValue = MappingTable.Column("current_value", of: name)
  private static let description = MappingTable.Column("description", of: name, isOptional: true)

  /// The settings, with all mistakes.
  static func read(_ bytes: [UInt8]) -> (settings: Settings, mistakes: [MappingDiagnostic]) {
    let table = MappingTable(file: name, bytes: bytes, columns: [setting, defaultValue, currentValue, description])
    var mistakes = table.mistakes
    var current: [Setting: String] = [:]
    var places: [Setting: Settings.Place] = [:]
    var seen: Set<Setting> = []
    for row in table.rows {
      guard let named = named(row[setting].text) else {
        mistakes.append(unknown(row[setting]))
        continue
      }
      if !seen.insert(named).inserted {
        mistakes.append(row[setting].mistake(.mappingDuplicate, "the setting \"\(named.label)\" stands twice"))
      }
      if let mistake = editedDefault(of: named, row[defaultValue]) { mistakes.append(mistake) }
      guard !row[currentValue].isEmpty else { continue }
      places[named] = Settings.Place(line: row[currentValue].line, column: row[currentValue].column)
      do {
        current[named] = try named.type.canonical(row[currentValue].text)
      } catch {
        mistakes.append(row[currentValue].mistake(.mappingUnknownWord, "\(named.label): \(error.message)"))
      }
    }
    return (Settings(current, places: places), mistakes)
  }

  /// The setting of a label, whatever the case.
  static func named(_ label: String) -> Setting? {
    Setting(rawValue: label) ?? Setting.allCases.first { $0.label.lowercased() == label.lowercased() }
  }

  private static func unknown(_ cell: MappingCell) -> MappingDiagnostic {
    let labels = Setting.allCases.map(\.label)
    let message = "unknown setting \"\(cell.text)\"" + Spelling.suggestion(for: cell.text, among: labels)
    return cell.mistake(.mappingUnknownWord, message)
  }

  private static func editedDefault(of setting: Setting, _ cell: MappingCell) -> MappingDiagnostic? {
    guard cell.text != setting.defaultValue else { return nil }
    let message =
      "the default of \"\(setting.label)\" is \"\(setting.defaultValue)\" and must stay; "
      + "write \"\(cell.text)\" into current_value"
    return cell.mistake(.mappingDefaultEdited, message)
  }
}
