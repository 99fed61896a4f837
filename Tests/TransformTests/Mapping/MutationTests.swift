import Foundation
import Model
import TestSupport
import Testing

@testable import Transform

/// What happens to the mapping files between a spreadsheet, an editor and a mail program.
@Suite("Damaged mapping files")
struct MutationTests {
  /// A way of damaging a file.
  enum Damage: CaseIterable {
    case byte
    case insertion
    case removal
    case repetition
    case truncation
    case quote
    case column
    case columnOrder
    case line
    case lineEnd
    case encoding
    case hugeCell
    case word
  }

  private static let paths = [
    "settings.csv", "fields.csv", "stages.csv", "defaults.csv", "values/help-types.csv", "values/close-reasons.csv",
    "values/sales-stages.csv",
  ]
  private static let pieces = [
    "\u{0}", "\"", "\"\"", ",", "\n", "\r", "#", "@", "|", ".", "\u{FEFF}", "é", "\n\"", "always", ",,,,,,", "map:",
    "ü€😀",
    "../", "'", ";", "\t", "=1+1",
  ]
  private static let words = [
    "always", "never", "create", "raise", "hold", "newest", "text", "decimal", "date", "boolean", "Yes", "No", "sync",
    "skip",
    "Opportunity.Name", "Account.Name", "details.notes", "Closed", "Won", "Lead", "both",
  ]
  private static let rounds = 10_000

  @Test(
    "10,000 mutations of the shipped files end in the mapping that the text shows, or in mistakes with their place"
  )
  func mutations() {
    var random = SeededGenerator(named: "mutations")
    var accepted: [Damage: Int] = [:]
    var refused: [Damage: Int] = [:]
    var codes: Set<Code> = []
    let shipped = Dictionary(uniqueKeysWithValues: Self.paths.map { ($0, Array(starter($0).utf8)) })
    for round in 0..<Self.rounds {
      let path = Self.paths.randomElement(using: &random) ?? ""
      let damage = Damage.allCases[round % Damage.allCases.count]
      var bytes = shipped[path] ?? []
      Self.damage(&bytes, damage, &random)
      switch MappingFiles([path: bytes]).mapping() {
      case .success(let mapping):
        accepted[damage, default: 0] += 1
        // A byte that is no UTF-8 may stand in a comment, which nobody reads.
        let text = String(decoding: bytes, as: UTF8.self)
        let difference = Self.difference(of: mapping, from: text, path)
        #expect(difference == nil, "round \(round), \(damage) of \(path)")
      case .failure(let mistakes):
        refused[damage, default: 0] += 1
        #expect(!mistakes.diagnostics.isEmpty)
        let lines = bytes.reduce(into: 1) { count, byte in if byte == 0x0A || byte == 0x0D { count += 1 } }
        for mistake in mistakes.diagnostics {
          codes.insert(mistake.code)
          let isHere = mistake.file == "mappings/" + path
          let isLocated =
            (1...(isHere ? lines : .max)).contains(mistake.line) && mistake.column >= 1
            && mistake.file.hasPrefix("mappings/")
          #expect(isLocated && !mistake.message.isEmpty, "round \(round): \(mistake)")
        }
      }
    }
    print("mutations: accepted \(accepted), refused \(refused), codes \(codes.map(\.rawValue).sorted())")
    for damage in Damage.allCases {
      #expect(accepted[damage, default: 0] + refused[damage, default: 0] >= 700, "\(damage)")
    }
    for damage in Damage.allCases where damage != .encoding { #expect(accepted[damage, default: 0] >= 10, "\(damage)") }
    for damage in Damage.allCases where damage != .lineEnd && damage != .columnOrder {
      #expect(refused[damage, default: 0] >= 20, "\(damage)")
    }
    #expect(
      codes.isSuperset(of: [
        .mappingSyntax, .mappingUnknownColumn, .mappingMissingColumn, .mappingUnknownWord, .mappingDefaultEdited,
        .mappingUnknownField, .mappingEncoding, .mappingContradiction, .mappingDuplicate, .mappingMissingFile,
      ]))
  }

  // MARK: The witness

  /// How a mapping differs from what its file shows to a person; nil when it does not.
  private static func difference(of mapping: Mapping, from text: String, _ path: String) -> String? {
    let records = PlainCSV.records(text)
    switch path {
    case "settings.csv": return settings(mapping, records)
    case "fields.csv": return fields(mapping, records)
    case "stages.csv": return stages(mapping, records)
    case "defaults.csv": return defaults(mapping, records)
    case "values/help-types.csv":
      guard case .map(let map) = mapping.field(.microsoftHelp).transform else { return "no map" }
      return values(map, records)
    default: return nil
    }
  }

  private static func settings(_ mapping: Mapping, _ records: [[String: String]]) -> String? {
    for record in records {
      guard let setting = Setting.allCases.first(where: { $0.label.lowercased() == record["setting"] }) else {
        return "\(record) is no setting"
      }
      let shown = record["current_value"] ?? ""
      let wanted = shown.isEmpty ? setting.defaultValue.lowercased() : shown
      if mapping.settings[setting].lowercased() != wanted { return "\(setting.label): \(mapping.settings[setting])" }
    }
    let named = Set(records.compactMap { $0["setting"] })
    for setting in Setting.allCases where !named.contains(setting.label.lowercased()) {
      if mapping.settings[setting] != setting.defaultValue { return "\(setting.label) is not in the file" }
    }
    return nil
  }

  private static func fields(_ mapping: Mapping, _ records: [[String: String]]) -> String? {
    guard records.count == mapping.fields.count else { return "\(mapping.fields.count) of \(records.count) rows" }
    for (record, rule) in zip(records, mapping.fields) {
      func shown(_ title: String, _ empty: String = "") -> String {
        let text = record[title] ?? ""
        return text.isEmpty ? empty : text
      }
      let paths = shown("referral_path").split(separator: "|").map { $0.filter { !$0.isWhitespace } }
      let person = [
        shown("field"), paths.filter { !$0.isEmpty }.joined(separator: "|"), shown("salesforce_field"),
        shown("to_salesforce"), shown("to_partner_center"), shown("transform", "text"), shown("on_conflict", "hold"),
        shown("on_empty", "keep"),
      ]
      let read = [
        rule.label, rule.referralPath.description, rule.salesforceField?.description ?? "", rule.toSalesforce.rawValue,
        rule.toPartnerCenter.rawValue, rule.transform.word, rule.onConflict.rawValue, rule.onEmpty.rawValue,
      ].map { $0.lowercased() }
      if person != read { return "\(person) was read as \(read)" }
    }
    return nil
  }

  private static func stages(_ mapping: Mapping, _ records: [[String: String]]) -> String? {
    guard records.count == mapping.stages.rows.count else {
      return "\(mapping.stages.rows.count) of \(records.count) rows"
    }
    for (record, row) in zip(records, mapping.stages.rows) {
      let isSame =
        record["status"] == row.status.lowercased() && record["substatus"] == row.substatus.lowercased()
        && (record["to_salesforce"] == "always") == row.setsStage
        && (record["to_partner_center"] == "always") == row.meansStatus
      let stage = record["salesforce_stage"] ?? ""
      if !isSame || !(stage.hasPrefix("@") || stage == row.stage.lowercased()) { return "\(record) was read as \(row)" }
    }
    return nil
  }

  private static func defaults(_ mapping: Mapping, _ records: [[String: String]]) -> String? {
    guard records.count == mapping.defaults.count else { return "\(mapping.defaults.count) of \(records.count) rows" }
    for (record, value) in zip(records, mapping.defaults) {
      let read = [value.object.rawValue, value.field, value.value].map { $0.lowercased() }
      if [record["object"], record["field"], record["value"]] != read { return "\(record) was read as \(read)" }
    }
    return nil
  }

  private static func values(_ map: ValueMap, _ records: [[String: String]]) -> String? {
    let read = map.pairs.map { [$0.partnerCenter.lowercased(), $0.salesforce.lowercased()] }
    let shown = records.map { [$0["partner_center"] ?? "", $0["salesforce"] ?? ""] }
    return read == shown ? nil : "\(shown) was read as \(read)"
  }

  // MARK: The damage

  private static func damage(_ bytes: inout [UInt8], _ damage: Damage, _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    switch damage {
    case .byte: bytes[start] = UInt8.random(in: 0...255, using: &random)
    case .insertion: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: start)
    case .removal:
      bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...40, using: &random)))
    case .repetition:
      bytes.insert(
        contentsOf: bytes[start..<min(bytes.count, start + 60)], at: Int.random(in: 0...start, using: &random))
    case .truncation: bytes.removeSubrange(start...)
    case .quote:
      bytes.insert(0x22, at: start)
      if Bool.random(using: &random) {
        bytes.insert(0x22, at: min(bytes.count, start + Int.random(in: 1...30, using: &random)))
      }
    case .column, .columnOrder, .line, .word, .lineEnd, .hugeCell: text(&bytes, damage, &random)
    case .encoding:
      let text = String(decoding: bytes, as: UTF8.self) + "é,,,,,,,,"
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      case 1: bytes = text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : 0x3F }
      case _: bytes = Array(text.utf8) + [UInt8.random(in: 0x80...0xBF, using: &random)]
      }
    }
  }

  /// Damage that works on lines and cells.
  private static func text(_ bytes: inout [UInt8], _ damage: Damage, _ random: inout SeededGenerator) {
    var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    let data = lines.indices.filter { !lines[$0].hasPrefix("#") && !lines[$0].isEmpty }
    guard let target = data.randomElement(using: &random) else { return }
    var cells = lines[target].components(separatedBy: ",")
    let cell = Int.random(in: 0..<cells.count, using: &random)
    switch damage {
    case .column:
      if Bool.random(using: &random) { cells.remove(at: cell) } else { cells.insert(cells[cell], at: cell) }
    case .word: cells[cell] = words.randomElement(using: &random) ?? ""
    case .hugeCell: cells[cell] = String(repeating: "x", count: Int.random(in: 1...100_000, using: &random))
    case .line:
      switch Int.random(in: 0..<3, using: &random) {
      case 0: lines.insert(lines[target], at: target)
      case 1: lines.remove(at: target)
      case _: lines.swapAt(target, data.randomElement(using: &random) ?? target)
      }
      bytes = Array(lines.joined(separator: "\n").utf8)
      return
    case .lineEnd:
      let end = ["\r\n", "\r", "\n\n", "\n \n"].randomElement(using: &random) ?? "\n"
      bytes = Array(lines.joined(separator: end).utf8)
      return
    case .columnOrder:
      guard data.allSatisfy({ !lines[$0].contains("\"") }) else { return }
      let count = lines[data[0]].components(separatedBy: ",").count
      let order = (0..<count).shuffled(using: &random)
      for line in data {
        let own = lines[line].components(separatedBy: ",")
        lines[line] = order.map { $0 < own.count ? own[$0] : "" }.joined(separator: ",")
      }
      bytes = Array(lines.joined(separator: "\n").utf8)
      return
    case .byte, .insertion, .removal, .repetition, .truncation, .quote, .encoding: return
    }
    lines[target] = cells.joined(separator: ",")
    bytes = Array(lines.joined(separator: "\n").utf8)
  }
}
