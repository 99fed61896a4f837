import Extract
import Model
import Planning

/// Where both sides' records come from: the services, or exported files.
struct Sides {
  let sources: [any SnapshotSource]
  private let tally = RequestTally()

  /// The sides as the options name them.
  init(_ workspace: OpenWorkspace, partnerCenterFrom: String?, salesforceFrom: String?) throws {
    var needs: [Side] = []
    if partnerCenterFrom == nil { needs.append(.partnerCenter) }
    if salesforceFrom == nil { needs.append(.salesforce) }
    let services = needs.isEmpty ? nil : try Services(try workspace.requireConfiguration(), needs: needs)
    let shapes = SnapshotShapes(
      mapping: workspace.mapping, readsAll: services?.readsAllOpportunities ?? true)
    var sources: [any SnapshotSource] = []
    if let file = partnerCenterFrom {
      sources.append(ReferralExport(path: file, shape: shapes.referral))
    } else if let services {
      sources.append(
        ReferralService(shape: shapes.referral, tally: tally) { try services.makePartnerCenter() })
    }
    if let folder = salesforceFrom {
      sources.append(try OpportunityExport(folder: folder, shapes: shapes))
    } else if let services {
      sources.append(
        try OpportunityService(shapes: shapes, tally: tally) { try services.makeSalesforce() })
    }
    self.sources = sources
  }

  /// How many requests each service was sent.
  var requests: [Side: Int] { tally.requests }
}
