import ArgumentParser
import Foundation
import JSON
import Ledger
import Model
import Planning
import Transform
import Workspace

/// `reconcile verify`: whether both sides really hold the same.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Read both sides afresh and compare every pair.",
    discussion: """
      Uses nothing that earlier runs stored: pairs are found by the ids in the records, and compared field by field by the \
      mapping alone. Writes nothing and leaves the ledger alone. Ends with 2 when a pair differs and nothing explains it.

      Examples:
        reconcile verify
        reconcile verify --all --json
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var origin: SourceOptions

  @Flag(help: "Show the differences that are explained, too.") var all = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let progress = ProgressLine(console)
      defer { progress.end() }
      let surroundings = try Surroundings(workspace, recordingTo: recording.record, progress: progress)
      defer { surroundings.end(console) }
      let sides = try Sides(workspace, from: origin, surroundings: surroundings)
      sides.notes.forEach(console.say)
      let scratch = try ScratchLedger(in: workspace.folder.state)
      defer { scratch.remove() }
      let result = try Verification(
        mapping: workspace.mapping, org: sides.org, organizationID: workspace.organizationID
      ).run(.new(), at: Timestamp.iso(Date()), from: sides.sources, into: scratch.ledger, progress: progress.show)
      progress.end()
      print(result, to: console)
      return result.unexplained > 0 ? .changes : .done
    }
  }

  private func print(_ result: Verification.Result, to console: Console) {
    if console.isJSON {
      for line in result.lines {
        for drift in line.drifts where all || drift.excuse == nil { console.data(Self.json(line, drift).text) }
      }
      console.data(
        JSONValue.object([
          JSONMember("message_type", .string("verify")), JSONMember("pairs", .number(String(result.pairs))),
          JSONMember("differ", .number(String(result.unexplained))),
          JSONMember("explained", .number(String(result.lines.count - result.unexplained))),
        ]).text)
      return
    }
    let rows = result.lines.flatMap { line in
      line.drifts.filter { all || $0.excuse == nil }.map { drift in
        [line.name, line.key.opportunityID, drift.field, drift.partnerCenter, drift.salesforce, drift.excuse ?? ""]
      }
    }
    let table = TextTable(["deal", "opportunity", "field", "Partner Center", "Salesforce", "why"], rows)
    for line in table.lines(width: console.width) { console.data(line) }
    let explained = result.lines.count - result.unexplained
    console.data(
      "\(result.pairs) pairs compared: \(result.pairs - result.lines.count) alike, \(result.unexplained) differ"
        + (explained > 0 ? ", \(explained) differ for a reason (--all shows it)" : "") + ".")
  }

  private static func json(_ line: Verification.Result.Line, _ drift: Drift) -> JSONValue {
    .object([
      JSONMember("message_type", .string("drift")), JSONMember("referral_id", .string(line.key.referralID)),
      JSONMember("opportunity_id", .string(line.key.opportunityID)), JSONMember("name", .string(line.name)),
      JSONMember("field", .string(drift.field)), JSONMember("partner_center_value", .string(drift.partnerCenter)),
      JSONMember("salesforce_value", .string(drift.salesforce)),
      JSONMember("reason", drift.excuse.map { .string($0) } ?? .null),
    ])
  }
}
