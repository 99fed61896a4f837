import Extract
import Model
import Transform
import Workspace

/// What the org of a workspace says of itself, asked for now.
struct OrgAtHand {
  /// The fields of the objects that the mapping speaks of, and the stages.
  let fields: OrgFields

  /// The org of a workspace that says how to reach it; nil, with a message, for one that does not yet.
  ///
  /// - Throws: `Failure`, also when the sign-in is refused.
  static func ifConfigured(_ workspace: OpenWorkspace, console: Console) throws -> OrgAtHand? {
    guard let configuration = workspace.configuration else { return nil }
    do throws(ConfigurationMistakes) {
      _ = try configuration.salesforce()
    } catch {
      console.say("Not held against the org: reconcile.yaml does not say yet how to sign in to Salesforce.")
      return nil
    }
    return try OrgAtHand(workspace, console: console)
  }

  /// Asks Salesforce.
  ///
  /// - Throws: `Failure`, also when the sign-in is refused.
  init(_ workspace: OpenWorkspace, console: Console) throws {
    let progress = ProgressLine(console)
    defer { progress.end() }
    let surroundings = try Surroundings(workspace, recordingTo: nil, progress: progress)
    let services = try Services(
      try workspace.requireConfiguration(), needs: [.salesforce], surroundings: surroundings)
    let look = OrgLook(try services.makeSalesforce())
    let objects: Set<SalesforceObject> = [.opportunity, .account, .contact]
    let named = objects.union(workspace.mapping.defaults.map(\.object)).subtracting([.owner])
    var fields = try look.fields(of: named.map(\.rawValue).sorted())
    fields.stages = try look.stages()
    self.fields = fields
  }
}
