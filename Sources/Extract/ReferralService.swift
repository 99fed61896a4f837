import Ledger
package import Model
package import Wire

/// Referrals from Partner Center itself, page by page in the order of their creation (R116).
package struct ReferralService: SnapshotSource {
  private let client: @Sendable () throws -> PartnerCenterClient
  private let shape: Shape
  private let tally: RequestTally

  /// Partner Center through a client that is made on the reading thread; its requests are counted in `tally`.
  package init(shape: Shape, tally: RequestTally, client: @escaping @Sendable () throws -> PartnerCenterClient) {
    self.client = client
    self.shape = shape
    self.tally = tally
  }

  /// The side that is read: Partner Center.
  package var side: Side { .partnerCenter }
  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] { [shape] }

  /// Reads everything, a batch at a time, or throws.
  package func read(into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    let client = try client()
    defer { tally.add(client.counter, to: .partnerCenter) }
    do {
      let rows = ReferralRows(shape: shape)
      var pages = client.referrals()
      while let page = try pages.next(rows.projector) {
        let batch = try page.map { try rows.row($0, place: "Partner Center") }
        try sink(SnapshotBatch(kind: .referral, rows: batch))
      }
    } catch let error as ServiceError {
      throw error.failure
    }
  }
}
