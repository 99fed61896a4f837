import Extract
import Model
import Transform

/// What the org of a workspace says of itself, asked for now.
struct OrgAtHand {
  /// The fields of the objects that the mapping speaks of, and the stages.
  let fields: OrgFields

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
