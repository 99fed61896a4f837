import Extract
import Foundation
import Ledger
import Model
import Planning
import Sandbox
import Transform

/// The world in which histories begin.
struct Template {
  let sandbox: LocalSandbox
  /// What the org says of its fields, which no history changes.
  let org: OrgFields
  /// How the org described its objects, as an earlier run of the program has kept it.
  let descriptions: Descriptions
  /// A ledger that was made and never used.
  let ledger: LedgerDisk.Moment
  /// The starter mapping, and what plans by it.
  let whole: Rules
  /// The same without teams and without Microsoft's side, which costs fewer requests.
  let lean: Rules

  /// A mapping, and the plan's own part that goes with it.
  struct Rules {
    let mapping: Mapping
    let plan: PlanRun

    fileprivate init(_ settings: String, _ org: OrgFields, _ sandbox: LocalSandbox) throws {
      mapping = try Self.mapping(settings)
      var limits = SnapshotLimits()
      limits.allowed = [.shrink, .empty]
      var plan = PlanRun(
        mapping: mapping, org: org, organizationID: sandbox.credentials["partner_center.organization_id"] ?? "",
        limits: limits)
      plan.order = .inTurn
      self.plan = plan
    }

    /// The starter mapping, with the customers' consent stated.
    private static func mapping(_ more: String) throws -> Mapping {
      let settings = """
        setting,default_value,current_value,description
        Customer agreed to share information,No,Yes,
        Customer agreed to be contacted,No,Yes,

        """
      return try MappingFiles(["settings.csv": Array((settings + more).utf8)]).mapping().get()
    }
  }

  static func make() throws -> Template {
    let sandbox = try LocalSandbox(seed: 1)
    _ = try sandbox.answer(
      "POST", "/_sandbox/partner-center",
      body: Array(#"{"set":{"pageSize":3,"count":"total","nextLink":"right","refreshTokens":"keep"}}"#.utf8))
    var org = OrgFields()
    let descriptions = try Descriptions(of: try Wires.plain(sandbox)) { client in
      org = try OrgLook(client).fields(of: ["Opportunity", "Account"], optional: ["OpportunityTeamMember"])
    }
    return Template(
      sandbox: sandbox, org: org, descriptions: descriptions, ledger: try emptyLedger(),
      whole: try Rules("", org, sandbox),
      lean: try Rules("Sync team,both,never,\nShow Microsoft's side,Yes,No,\n", org, sandbox))
  }

  private static func emptyLedger() throws -> LedgerDisk.Moment {
    let disk = try LedgerDisk()
    defer { disk.remove() }
    // It is closed again before its file is read.
    _ = try LedgerFile(at: disk.path)
    return try disk.moment(cutAt: 0)
  }
}
