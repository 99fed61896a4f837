import JSON
import Ledger
import Model

/// Which engagements of a list of referrals Microsoft may take part in, and its records as rows of the snapshot (R74).
struct ConnectedRows {
  private let positions: (engagement: Int, type: Int, help: Int, status: Int, organization: Int)?
  /// The engagements of open deals that are shared or for which help was asked, in the order of the list.
  private(set) var engagements: [String] = []

  /// Looks at referrals of the given shape; nothing is looked for where it lacks a column that tells.
  init(shape: Shape) {
    guard let engagement = shape.position(of: "engagementId"), let type = shape.position(of: "type"),
      let help = shape.position(of: "inviteContext.assistanceRequestCode"),
      let status = shape.position(of: "status"), let organization = shape.position(of: "organizationId")
    else {
      positions = nil
      return
    }
    positions = (engagement, type, help, status, organization)
  }

  /// Notes the engagement of a referral where Microsoft may have a record of it.
  mutating func note(_ texts: [String]) {
    guard let positions, !texts[positions.engagement].isEmpty, texts[positions.organization].lowercased() != "msft",
      texts[positions.status].lowercased() != "closed"
    else { return }
    let help = texts[positions.help].lowercased()
    guard texts[positions.type].lowercased() == "shared" || !["", "unknown", "none"].contains(help) else { return }
    engagements.append(texts[positions.engagement])
  }

  /// The row of a record in `SnapshotShapes.connected`; nil for one that is not Microsoft's.
  static func row(_ texts: [String]) -> SnapshotRow? {
    let record = Record(id: texts.first ?? "", shape: SnapshotShapes.connected, values: texts)
    guard record["organizationId"].lowercased() == "msft", !record.id.isEmpty else { return nil }
    return NeighbourRows().row(SnapshotShapes.connected, texts)
  }
}
