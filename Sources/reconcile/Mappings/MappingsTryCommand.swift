import ArgumentParser
import Foundation
import JSON
import Ledger
import Model
import Planning
import Transform

/// `reconcile mappings try`: one real record through the map, both ways.
struct MappingsTryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try", abstract: "Show one record of the newest snapshot on its way through the map, field by field.",
    discussion: """
      What is read on either side, by which row and transform, and what would be written where, or why nothing is. Reads the \
      ledger alone and writes nothing.

      Example:
        reconcile mappings try 006Sb000000001x
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The id of a referral or of an opportunity.") var id: String

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let ledger = try OpenFolder(workspace).ledger()
      let trial = try ledger.read { transaction in
        try MappingTrial(
          of: id, mapping: workspace.mapping, organizationID: workspace.organizationID, at: Timestamp.iso(Date()),
          in: transaction)
      }
      if console.isJSON { printJSON(trial, console) } else { print(trial, console) }
      return .done
    }
  }

  private func print(_ trial: MappingTrial, _ console: Console) {
    let verdict = trial.verdict
    let facts = [
      ("referral", verdict.key.referralID), ("opportunity", verdict.key.opportunityID), ("name", verdict.name),
      ("kind", verdict.category), ("status", verdict.status), ("stage", verdict.stage),
      ("standing", "\(verdict.standing.rawValue) \(verdict.code.rawValue)"), ("reason", verdict.reason),
    ]
    for (title, text) in facts where !text.isEmpty {
      console.data(title.padding(toLength: 13, withPad: " ", startingAt: 0) + text)
    }
    console.data("")
    let rows = trial.fields.map { field in
      [
        field.rule.label, "\(field.rule.line)", field.rule.transform.word, Self.shown(field.partnerCenter),
        Self.shown(field.salesforce), field.base ?? "", field.outcome,
      ]
    }
    let table = TextTable(
      ["field", "line", "transform", "Partner Center", "Salesforce", "agreed", "what would happen"], rows)
    for line in table.lines(width: console.width) { console.data(line) }
    for change in verdict.changes
    where change.field.isEmpty || !trial.fields.contains(where: { $0.rule.label == change.field }) {
      console.data("")
      console.data(
        "\(change.action.rawValue) \(change.direction.rawValue) \(change.field) \(change.new): \(change.reason)")
    }
  }

  private func printJSON(_ trial: MappingTrial, _ console: Console) {
    let verdict = trial.verdict
    console.data(
      JSONValue.object([
        JSONMember("message_type", .string("record")), JSONMember("referral_id", .string(verdict.key.referralID)),
        JSONMember("opportunity_id", .string(verdict.key.opportunityID)), JSONMember("name", .string(verdict.name)),
        JSONMember("category", .string(verdict.category)), JSONMember("partner_center_status", .string(verdict.status)),
        JSONMember("stage", .string(verdict.stage)), JSONMember("status", .string(verdict.standing.rawValue)),
        JSONMember("reason_code", .string(verdict.code.rawValue)), JSONMember("reason", .string(verdict.reason)),
      ]).text)
    for field in trial.fields {
      console.data(
        JSONValue.object([
          JSONMember("message_type", .string("field")), JSONMember("field", .string(field.rule.label)),
          JSONMember("line", .number(String(field.rule.line))),
          JSONMember("transform", .string(field.rule.transform.word)),
          JSONMember("partner_center_raw", .string(field.partnerCenter.raw)),
          JSONMember("partner_center_value", .string(field.partnerCenter.value)),
          JSONMember("salesforce_raw", .string(field.salesforce.raw)),
          JSONMember("salesforce_value", .string(field.salesforce.value)),
          JSONMember("base_value", field.base.map { .string($0) } ?? .null),
          JSONMember("outcome", .string(field.outcome)),
        ]).text)
    }
  }

  /// A raw text, and how it is read where that differs.
  private static func shown(_ reading: FieldTrial.Reading) -> String {
    reading.raw == reading.value || reading.raw.isEmpty ? reading.raw : "\(reading.raw) → \(reading.value)"
  }
}
