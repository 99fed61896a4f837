import ArgumentParser
import JSON
import Model
import Transform

/// `reconcile mappings check`: every mistake in one pass, and with an org at hand every difference from it.
struct MappingsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake of the mapping files in one pass.",
    discussion: """
      With a reconcile.yaml it asks Salesforce as well: whether the fields are there, can be written, fit their transform \
      and hold the values, and whether the stages are what the files say. --offline leaves that out.

      Examples:
        reconcile mappings check
        reconcile mappings check --offline
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Look at the files alone.") var offline = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let org = try offline ? nil : OrgAtHand.ifConfigured(workspace, console: console)?.fields
      let findings = org.map { OrgCheck(workspace.mapping, against: $0).findings } ?? []
      let mistakes = findings.filter { !$0.isWarning }
      for warning in findings where warning.isWarning { console.warn("\(warning) (\(warning.code.rawValue))") }
      guard mistakes.isEmpty else { throw Failures(list: mistakes.map { Failure($0.code, $0.description) }) }
      report(workspace.mapping, isAsked: org != nil, warnings: findings.count, console)
      return .done
    }
  }

  private func report(_ mapping: Mapping, isAsked: Bool, warnings: Int, _ console: Console) {
    guard console.isJSON else {
      let against = isAsked ? ", held against the org" : ""
      console.data("\(mapping.fields.count) fields, no mistakes\(against); mapping digest \(mapping.digest)")
      return
    }
    console.data(
      JSONValue.object([
        JSONMember("message_type", .string("mappings")),
        JSONMember("fields", .number(String(mapping.fields.count))),
        JSONMember("mapping_digest", .string(mapping.digest)),
        JSONMember("org_checked", .bool(isAsked)),
        JSONMember("warnings", .number(String(warnings))),
      ]).text)
  }
}
