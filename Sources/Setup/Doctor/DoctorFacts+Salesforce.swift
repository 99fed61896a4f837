import Model
import Transform
import Wire

// The sign-in to Salesforce, its API, and the objects that a run reads and writes.
extension DoctorFacts {
  var salesforceSignInFindings: [Finding] {
    let check = Precondition.salesforceSignIn
    return check.findings(salesforce.signIn) { _ in
      switch salesforce.isSandbox {
      case true?: [check.ok("works; the org is a sandbox")]
      case false?: [check.ok("works; the org is production")]
      case nil: [check.ok("works")]
      }
    }
  }

  func versionFindings(_ versions: [String]) -> [Finding] {
    let check = Precondition.apiVersion
    let wanted = workspace.settings?.apiVersion ?? ""
    if versions.contains(wanted) { return [check.ok("\(wanted) is offered")] }
    return [
      check.error(
        .configurationUnfit,
        "the org does not offer the version \(wanted) of its API; the newest is \(versions.last ?? "unknown")",
        fix: "write a version that is offered as salesforce.api_version into reconcile.yaml")
    ]
  }

  /// A run stops at its share of the calls; from three quarters of it on a night may come to that point.
  var quotaFindings: [Finding] {
    let check = Precondition.apiQuota
    guard let quota = salesforce.quota, let share = workspace.settings?.maximumUsagePercent else {
      return [check.notChecked("Salesforce does not tell")]
    }
    let used = Double(quota.used) / Double(max(1, quota.allowed)) * 100
    let what = "\(quota.used) of \(quota.allowed) calls in 24 hours are used; a run stops at \(share) percent"
    let fix = "run later, or raise salesforce.max_api_usage_percent"
    if used >= Double(share) { return [check.error(.quotaReserved, what, fix: fix)] }
    if used >= Double(share) * 0.75 { return [check.warning(.quotaReserved, what, fix: fix)] }
    return [check.ok(what)]
  }

  // MARK: Objects

  var objectFindings: [Finding] {
    let objects = ObjectUse.ofDeals(mapping.value).map(\.object)
    return objects.compactMap { missing($0, of: .objects) }
      .orOK(objects.joined(separator: ", ") + " are seen", of: .objects)
  }

  func accessFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.recordAccess
    return ObjectUse.ofDeals(mapping).flatMap { lackingRights($0, of: check) }
      .orOK("the user may create and change what the mapping writes", of: check)
  }

  var solutionFindings: [Finding] {
    let check = Precondition.solutions
    let absent = ObjectUse.solutions.compactMap { missing($0.object, of: check) }
    guard absent.isEmpty else { return absent }
    let faults = ObjectUse.solutions.flatMap { lackingRights($0, of: check) } + solutionFieldFindings
    guard faults.isEmpty else { return faults }
    return check.findings(salesforce.catalogue) { count in
      guard count == 0 else { return [check.ok("lines and catalogue are there; the catalogue holds \(count)")] }
      return [
        check.warning(
          .solutionMissing, "the catalogue Microsoft_Solution_Detail__c holds no solution",
          fix: "add the co-sell ready solutions; those of referrals are added by themselves")
      ]
    }
  }

  /// The fields that a run reads of solutions, each with the types that do.
  private static let solutionFields: [(object: String, field: String, types: [String])] = [
    (ObjectUse.lines.object, "Opportunity__c", ["reference"]), (ObjectUse.lines.object, "Solution__c", ["reference"]),
    (ObjectUse.catalogue.object, "Solution_Identifier__c", ["string"]),
    (ObjectUse.catalogue.object, "Type__c", ["picklist", "string"]),
    (ObjectUse.catalogue.object, "Publisher_Name__c", ["string", "textarea"]),
  ]

  private var solutionFieldFindings: [Finding] {
    let check = Precondition.solutions
    return Self.solutionFields.compactMap { object, name, types in
      guard let field = salesforce.objects[object]?.value?[name] else {
        return check.error(
          .orgFieldMissing, "the org has no field \(object).\(name)",
          fix: "install Microsoft's package, or give the user the right to see the field")
      }
      guard types.contains(field.type.lowercased()) else {
        return check.error(
          .orgTypeMismatch, "\(object).\(name) is of type \(field.type), not \(types.joined(separator: " or "))",
          fix: "put the field back as Microsoft's package brings it")
      }
      return nil
    }
  }

  func noteFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.notes
    let uses = ObjectUse.ofNotes(mapping)
    guard !uses.isEmpty else { return [check.ok("not needed: no row of fields.csv names ContentNote")] }
    let absent = uses.compactMap { missing($0.object, of: check) }
    return (absent.isEmpty ? uses.flatMap { lackingRights($0, of: check) } : absent)
      .orOK("notes can be made", of: check)
  }

  /// Without teams a plan leaves them out, so that their absence is no error.
  func teamFindings(_ mapping: Mapping) -> [Finding] {
    let check = Precondition.teams
    guard let use = ObjectUse.ofTeams(mapping).first else { return [check.ok("not needed: Sync team is never")] }
    guard missing(use.object, of: check) == nil else {
      return [
        check.warning(
          .orgFieldMissing, "the org has no opportunity teams, and Sync team is \(mapping.settings.syncTeam.rawValue)",
          fix: "switch opportunity teams on in Setup, or set Sync team to never in mappings/settings.csv")
      ]
    }
    return lackingRights(use, of: check).orOK("members can be read and added", of: check)
  }

  /// That an object is not there; nil when it is.
  private func missing(_ object: String, of check: Precondition) -> Finding? {
    switch salesforce.objects[object] ?? .unasked {
    case .known: nil
    case .unasked: check.notChecked("\(object) was not asked for")
    case .failed(let failure) where failure.code == .recordGone:
      check.error(
        .permissionRefused, "the user sees no object \(object)",
        fix: "install or switch on what brings it, and give the user access to it")
    case .failed(let failure): check.error(failure)
    }
  }

  /// What the user may not do with the records of an object that is there.
  private func lackingRights(_ use: ObjectUse, of check: Precondition) -> [Finding] {
    guard let object = salesforce.objects[use.object]?.value else { return [] }
    return use.rights.filter { !object.allows($0) }.map { right in
      check.error(
        .permissionRefused, "the user may not \(right.rawValue) records of \(use.object)",
        fix: "give the integration user's profile or permission set that right")
    }
  }
}

extension ObjectDescription {
  /// Whether the user may do that.
  fileprivate func allows(_ right: ObjectUse.Right) -> Bool {
    switch right {
    case .create: isCreateable
    case .change: isUpdateable
    case .delete: isDeletable
    }
  }
}
