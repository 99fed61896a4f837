import JSON
package import Ledger
package import Model
package import Wire

/// Referrals from Partner Center itself, page by page in the order of their creation (R116).
package struct ReferralService: SnapshotSource {
  private let client: @Sendable () throws -> PartnerCenterClient
  private let shape: Shape
  private let tally: RequestTally
  private let readsMicrosoft: Bool
  /// What happens while requests are under way.
  package var order = Lanes.Order.together

  /// Partner Center through a client that is made on the reading thread; its requests are counted in `tally`.
  ///
  /// `readsMicrosoft` says whether Microsoft's records of the deals are read as well (R74).
  package init(
    shape: Shape, readsMicrosoft: Bool = false, tally: RequestTally,
    client: @escaping @Sendable () throws -> PartnerCenterClient
  ) {
    self.client = client
    self.readsMicrosoft = readsMicrosoft
    self.shape = shape
    self.tally = tally
  }

  /// The side that is read: Partner Center.
  package var side: Side { .partnerCenter }
  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] { [shape] + (readsMicrosoft ? [SnapshotShapes.connected] : []) }

  /// Reads everything, a batch at a time, or throws.
  package func read(recalling _: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    let client = try client()
    defer { tally.add(client.counter, to: .partnerCenter) }
    do {
      let lanes = Lanes(order)
      client.share(lanes)
      let connected = ConnectedReading(client, lanes)
      let found = try connected.read {
        try readList(by: client, connected) { batch in try lanes.outside { Result { try sink(batch) } }.get() }
      }
      if readsMicrosoft { try sink(SnapshotBatch(kind: .connected, rows: found)) }
    } catch let error as ServiceError {
      throw error.failure
    }
  }

  private func readList(
    by client: PartnerCenterClient, _ connected: ConnectedReading, into sink: (SnapshotBatch) throws -> Void
  ) throws {
    let rows = ReferralRows(shape: shape)
    var pages = client.referrals()
    var engagements = ConnectedRows(shape: shape)
    while let page = try pages.next(rows.projector) {
      for texts in page { engagements.note(texts) }
      let batch = try page.map { try rows.row($0, place: "Partner Center") }
      try sink(SnapshotBatch(kind: .referral, rows: batch))
      if readsMicrosoft { try connected.add(engagements.engagements) }
    }
  }
}
