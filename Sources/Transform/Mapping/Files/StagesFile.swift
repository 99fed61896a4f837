import Model

/// Reads `stages.csv`.
enum StagesFile {
  static let name = "mappings/stages.csv"

  private static let status = MappingTable.Column("status", of: name)
  private static let substatus = MappingTable.Column("substatus", of: name)
  private static let stage = MappingTable.Column("salesforce_stage", of: name)
  private static let toSalesforce = MappingTable.Column("to_salesforce", of: name)
  private static let toPartnerCenter = MappingTable.Column("to_partner_center", of: name)

  /// Statuses with the sub-statuses that can be written (R55).
  private static let statuses = [
    "New": ["Pending", "Received"], "Active": ["Accepted"], "Closed": ["Won", "Lost", "Declined", "Expired"],
  ]

  /// The table, with all mistakes.
  static func read(_ bytes: [UInt8], settings: Settings) -> (table: StageTable, mistakes: [MappingDiagnostic]) {
    let columns = [status, substatus, stage, toSalesforce, toPartnerCenter]
    let table = MappingTable(file: name, bytes: bytes, columns: columns)
    var mistakes = table.mistakes
    var rows: [(row: StageTable.Row, source: MappingTable.Row)] = []
    for source in table.rows {
      if let row = row(source, settings, &mistakes) { rows.append((row, source)) }
    }
    mistakes += contradictions(rows)
    return (StageTable(rows: rows.map(\.row)), mistakes)
  }

  private static func row(
    _ source: MappingTable.Row, _ settings: Settings, _ mistakes: inout [MappingDiagnostic]
  ) -> StageTable.Row? {
    let found = mistakes.count
    let status = word(source[status], among: ["New", "Active", "Closed"], "status", &mistakes)
    let substatus = substatus(source[substatus], of: status, source[toPartnerCenter], &mistakes)
    let stage = stageName(source[stage], settings, &mistakes)
    let sets = word(source[toSalesforce], among: ["always", "never"], "direction", &mistakes)
    let means = word(source[toPartnerCenter], among: ["always", "never"], "direction", &mistakes)
    guard mistakes.count == found else { return nil }
    return StageTable.Row(
      status: status, substatus: substatus, stage: stage, setsStage: sets == "always", meansStatus: means == "always",
      line: source.line)
  }

  /// The allowed word that a cell holds, whatever the case.
  private static func word(
    _ cell: MappingCell, among words: [String], _ noun: String, _ mistakes: inout [MappingDiagnostic]
  ) -> String {
    if let word = words.first(where: { $0.lowercased() == cell.text.lowercased() }) { return word }
    let message = "unknown \(noun) \"\(cell.text)\"" + Spelling.advice(for: cell.text, among: words)
    mistakes.append(cell.mistake(.mappingUnknownWord, message))
    return ""
  }

  /// A sub-status that the tool does not know may be read, never written (R56); Expired cannot be written either.
  private static func substatus(
    _ cell: MappingCell, of status: String, _ direction: MappingCell, _ mistakes: inout [MappingDiagnostic]
  ) -> String {
    guard let known = statuses[status] else { return cell.text }
    let isWritten = direction.text.lowercased() != "never"
    guard let substatus = known.first(where: { $0.lowercased() == cell.text.lowercased() }) else {
      if isWritten || cell.isEmpty {
        let message = "unknown sub-status \"\(cell.text)\" of \(status)" + Spelling.advice(for: cell.text, among: known)
        mistakes.append(cell.mistake(.mappingUnknownWord, message))
      }
      return cell.text
    }
    if isWritten, substatus == "Expired" || substatus == "Received" || substatus == "Pending" {
      let message = "\(status)/\(substatus) is set by Partner Center alone; to_partner_center must be never"
      mistakes.append(direction.mistake(.mappingContradiction, message))
    }
    return substatus
  }

  /// The stage, with `@Setting` replaced by that setting's value.
  private static func stageName(
    _ cell: MappingCell, _ settings: Settings, _ mistakes: inout [MappingDiagnostic]
  ) -> String {
    guard cell.text.hasPrefix("@") else {
      if cell.isEmpty { mistakes.append(cell.mistake(.mappingUnknownWord, "the stage is missing")) }
      return cell.text
    }
    let label = PlainText.trimmed(String(cell.text.dropFirst()))
    let stages: [Setting] = [.activeStage, .onHoldStage, .closedWonStage, .closedLostStage]
    if let setting = SettingsFile.named(label), stages.contains(setting) { return settings[setting] }
    let advice = Spelling.advice(for: label, among: stages.map(\.label))
    mistakes.append(cell.mistake(.mappingUnknownWord, "no stage setting is called \"\(label)\"" + advice))
    return ""
  }

  // MARK: Rows against each other

  private static func contradictions(
    _ rows: [(row: StageTable.Row, source: MappingTable.Row)]
  ) -> [MappingDiagnostic] {
    rows.indices.flatMap { index in
      rows[..<index].lazy.compactMap { earlier in mistake(rows[index], against: earlier) }.prefix(1)
    }
  }

  /// What is wrong with a row in the light of an earlier one.
  private static func mistake(
    _ later: (row: StageTable.Row, source: MappingTable.Row),
    against earlier: (row: StageTable.Row, source: MappingTable.Row)
  ) -> MappingDiagnostic? {
    let (row, other) = (later.row, earlier.row)
    let isSameStatus = row.status == other.status && row.substatus.lowercased() == other.substatus.lowercased()
    let isSameStage = row.stage.lowercased() == other.stage.lowercased()
    if isSameStatus, isSameStage {
      return later.source[stage].mistake(.mappingDuplicate, "the row of line \(other.line) stands twice")
    }
    if isSameStatus, row.setsStage, other.setsStage {
      let message = "\(row.status)/\(row.substatus) already sets the stage of line \(other.line); one stage a status"
      return later.source[toSalesforce].mistake(.mappingDuplicate, message)
    }
    guard isSameStage else { return nil }
    if row.status != other.status {
      let message = "the stage \"\(row.stage)\" means \(other.status) in line \(other.line) and \(row.status) here"
      return later.source[stage].mistake(.mappingContradiction, message)
    }
    if row.meansStatus, other.meansStatus {
      let message = "the stage \"\(row.stage)\" already means \(other.status)/\(other.substatus) in line \(other.line)"
      return later.source[toPartnerCenter].mistake(.mappingDuplicate, message)
    }
    return nil
  }
}
