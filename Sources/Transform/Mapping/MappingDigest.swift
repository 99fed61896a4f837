import Crypto
import Model

/// A hash over what takes effect in the mapping files, so that a plan can tell that it was made with another mapping.
enum MappingDigest {
  /// SHA-256 in 64 hexadecimal digits.
  static func hexadecimal(
    settings: Settings, fields: [FieldRule], stages: StageTable, defaults: [DefaultValue]
  ) -> String {
    let lines =
      Setting.allCases.map { ["setting", $0.label, settings[$0]] }
      + sorted(fields.map(line)) + sorted(stages.rows.map(line)) + sorted(defaults.map(line))
    // Each part stands with its length, so that no two contents can give the same bytes.
    var bytes: [UInt8] = []
    for line in lines {
      for part in line { bytes += Array("\(part.utf8.count):\(part)".utf8) }
      bytes.append(0x0A)
    }
    return SHA256.hash(data: bytes).hexadecimal
  }

  private static func sorted(_ lines: [[String]]) -> [[String]] {
    lines.sorted { left, right in left.lexicographicallyPrecedes(right) }
  }

  private static func line(_ rule: FieldRule) -> [String] {
    [
      "field", rule.label.lowercased(), rule.referralPath.description, rule.salesforceField?.description ?? "",
      rule.toSalesforce.rawValue, rule.toPartnerCenter.rawValue, rule.onConflict.rawValue, rule.onEmpty.rawValue,
    ] + parts(of: rule.transform)
  }

  private static func parts(of transform: ValueTransform) -> [String] {
    switch transform {
    case .text: ["text"]
    case .decimal: ["decimal"]
    case .date(let zone): ["date", zone.identifier]
    case .boolean: ["boolean"]
    case .country(let table): ["country"] + parts(of: table.names)
    case .currency: ["currency"]
    case .map(let map): ["map"] + parts(of: map.pairs)
    }
  }

  private static func parts(of pairs: [ValueMap.Pair]) -> [String] {
    pairs.flatMap { [$0.partnerCenter, $0.salesforce] }
  }

  private static func line(_ row: StageTable.Row) -> [String] {
    ["stage", row.status, row.substatus, row.stage, "\(row.setsStage)", "\(row.meansStatus)"]
  }

  private static func line(_ value: DefaultValue) -> [String] {
    ["default", value.object.rawValue, value.field.lowercased(), value.value]
  }
}
