import ArgumentParser
import JSON
import Ledger
import Model
import Planning
import Workspace

/// `reconcile relink`: a person says which opportunity a referral belongs to.
struct RelinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relink", abstract: "Link a referral with another opportunity than before.",
    discussion: """
      For a pair whose opportunity was deleted or merged. Only the ledger is written; the next plan proposes to write each \
      record's id into the other, and shows every value that differs, since nothing is agreed on yet.

      Example:
        reconcile relink 6b1c6f3a-0f4e-4c55-9d0e-2f6b7a1c9e10 006Sb000000001x
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The referral's id.") var referral: String
  @Argument(help: "The opportunity's id.") var opportunity: String

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "relink")
      let ledger = try OpenFolder(workspace).ledger()
      defer { ledger.seal(holding: lock) }
      let link = try Relink(
        referral: referral, opportunity: opportunity, identifierColumn: workspace.mapping.identifierColumn)
      let former = try link.run(in: ledger)
      if console.isJSON {
        console.data(
          JSONValue.object([
            JSONMember("message_type", .string("relink")), JSONMember("referral_id", .string(link.referral)),
            JSONMember("opportunity_id", .string(link.opportunity)),
            JSONMember("former_opportunity_id", former.map { .string($0) } ?? .null),
          ]).text)
      } else {
        console.data(
          "\(link.referral) belongs to \(link.opportunity) now" + (former.map { ", no more to \($0)" } ?? "") + ".")
        console.say("Next: reconcile plan")
      }
      return .done
    }
  }
}
