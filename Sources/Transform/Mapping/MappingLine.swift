/// One line of the mapping in force, with the place that it comes from.
package struct MappingLine: Sendable, Hashable {
  /// `setting`, `field`, `stage` or `default`.
  package let kind: String
  /// What is decided.
  package let name: String
  /// What is decided of it.
  package let value: String
  /// `default`, or the file and line of the workspace: `mappings/settings.csv:12`.
  package let origin: String
}

extension Mapping {
  /// Every line in force; `files` are those that the workspace has, by their path within `mappings/`.
  package func inForce(files: Set<String>) -> [MappingLine] {
    func origin(_ file: String, _ line: Int) -> String {
      files.contains(file) ? "mappings/\(file):\(line)" : "default"
    }
    let settings = Setting.allCases.map { setting in
      MappingLine(
        kind: "setting", name: setting.label, value: self.settings[setting],
        origin: self.settings.places[setting].map { origin("settings.csv", $0.line) } ?? "default")
    }
    let fields = self.fields.map { rule in
      let value = [
        rule.referralPath.isEmpty ? "–" : rule.referralPath.description, rule.salesforceField?.description ?? "–",
        "to_salesforce \(rule.toSalesforce.rawValue)", "to_partner_center \(rule.toPartnerCenter.rawValue)",
        rule.transform.word, "on_conflict \(rule.onConflict.rawValue)", "on_empty \(rule.onEmpty.rawValue)",
      ]
      return MappingLine(
        kind: "field", name: rule.label, value: value.joined(separator: ", "), origin: origin("fields.csv", rule.line))
    }
    let stages = self.stages.rows.map { row in
      let ways = [row.setsStage ? "sets the stage" : nil, row.meansStatus ? "is meant by the stage" : nil]
      return MappingLine(
        kind: "stage", name: "\(row.status)/\(row.substatus)",
        value: ([row.stage] + ways.compactMap(\.self)).joined(separator: ", "), origin: origin("stages.csv", row.line))
    }
    let defaults = self.defaults.map { value in
      MappingLine(
        kind: "default", name: "\(value.object.rawValue).\(value.field)", value: value.value,
        origin: origin("defaults.csv", value.line))
    }
    return settings + fields + stages + defaults
  }
}
