import Extract
import Model
import Planning
import Transform
import Wire

/// Where both sides' records come from: the services, or exported files.
struct Sides {
  let sources: [any SnapshotSource]
  /// What the org says of its fields; nil when opportunities are read from files.
  let org: OrgFields?
  /// What differs from the files, a sentence each.
  let notes: [String]
  private let tally: RequestTally
  /// Both services and the shapes in which they are read; nil when a side is read from files.
  private let services: (services: Services, shapes: SnapshotShapes, opportunity: OpportunityService)?
  private let mapping: Mapping

  /// The sides as the options name them; `interrupt` ends a reading in good order.
  init(
    _ workspace: OpenWorkspace, from origin: SourceOptions, surroundings: Surroundings,
    heeding interrupt: Interrupt? = nil
  ) throws {
    var needs: [Side] = []
    if origin.partnerCenterFrom == nil { needs.append(.partnerCenter) }
    if origin.salesforceFrom == nil { needs.append(.salesforce) }
    let services =
      try needs.isEmpty
      ? nil : Services(try workspace.requireConfiguration(), needs: needs, surroundings: surroundings)
    let salesforce = origin.salesforceFrom == nil ? services : nil
    let tally = RequestTally()
    let org = try salesforce.map { try Self.org(of: $0, for: workspace.mapping, tally) }
    let (mapping, notes) = org.map { workspace.mapping.adapted(to: $0) } ?? (workspace.mapping, [])
    let shapes = SnapshotShapes(mapping: mapping, readsAll: salesforce?.readsAllOpportunities ?? true)
    var sources: [any SnapshotSource] = []
    var both: (services: Services, shapes: SnapshotShapes, opportunity: OpportunityService)?
    if let file = origin.partnerCenterFrom {
      sources.append(ReferralExport(path: file, shape: shapes.referral, isComplete: origin.complete))
    } else if let services {
      sources.append(
        ReferralService(
          shape: shapes.referral, readsMicrosoft: mapping.settings.showsMicrosoft, tally: tally
        ) { try services.makePartnerCenter() })
    }
    if let folder = origin.salesforceFrom {
      sources.append(try OpportunityExport(folder: folder, shapes: shapes))
    } else if let salesforce, let org {
      let opportunity = try OpportunityService(shapes: shapes, org: org, tally: tally) {
        try salesforce.makeSalesforce()
      }
      sources.append(opportunity)
      both = origin.partnerCenterFrom == nil ? (salesforce, shapes, opportunity) : nil
    }
    self.sources = interrupt.map { interrupt in sources.map { HeedingSource($0, interrupt) } } ?? sources
    self.services = both
    self.mapping = mapping
    self.org = org
    self.notes = notes
    self.tally = tally
  }

  /// Single records from both services; `organizationID` tells own referrals from others'.
  func chosen(_ organizationID: String) throws -> ChosenService {
    guard let services else {
      throw Failure(.wrongUsage, "single records are read from the services, not from exported files")
    }
    return ChosenService(
      partnerCenter: try services.services.makePartnerCenter(), salesforce: try services.services.makeSalesforce(),
      referral: services.shapes.referral, opportunity: services.opportunity, organizationID: organizationID,
      readsMicrosoft: mapping.settings.showsMicrosoft, tally: tally)
  }

  /// What each service cost.
  var cost: [Side: RequestCounter] { tally.cost }

  /// What the org says of the objects that the mapping writes to.
  private static func org(of services: Services, for mapping: Mapping, _ tally: RequestTally) throws -> OrgFields {
    let client = try services.makeSalesforce()
    defer { tally.add(client.counter, to: .salesforce) }
    let defaults = Set(mapping.defaults.map(\.object)).subtracting([.opportunity, .account, .owner, .lead])
    let objects =
      [.opportunity, .account] + (mapping.settings.makesLeads ? [.lead] : [])
      + defaults.sorted { $0.rawValue < $1.rawValue }
    let teams = mapping.settings.syncTeam == .never ? [] : ["OpportunityTeamMember"]
    return try OrgLook(client).fields(of: objects.map(\.rawValue), optional: teams)
  }
}
