import Foundation
import JSON
import Ledger
package import Model

/// Referrals from an exported file: a list page, an array, or one JSON object a line.
package struct ReferralExport: SnapshotSource {
  private let path: String
  private let shape: Shape
  private let isComplete: Bool

  /// The file at `path`, read in the given shape; `isComplete` is a person's word that nothing is cut off.
  package init(path: String, shape: Shape, isComplete: Bool = false) {
    self.path = path
    self.isComplete = isComplete
    self.shape = shape
  }

  /// The side that is read: Partner Center.
  package var side: Side { .partnerCenter }
  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] { [shape, SnapshotShapes.connected] }

  /// How many deals a download made by hand in Partner Center holds at most (R118).
  private static let downloadLimit = 5000

  private var capped: Failure {
    Failure(
      .exportCapped,
      "\(path) holds exactly \(Self.downloadLimit) referrals, where Partner Center's download is cut off",
      fix: "put the parts of the list together in one file; or pass --complete if it has just so many")
  }

  /// Reads everything, a batch at a time, or throws.
  package func read(into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    do {
      let reader = try RecordReader(path: path)
      let rows = ReferralRows(shape: shape)
      let places = SnapshotShapes.connected.columns.map { shape.position(of: $0) }
      var connected: [SnapshotRow] = []
      var count = 0
      var texts: [String] = []
      var batch = Batch(.referral, sink)
      while try reader.next(with: rows.projector, into: &texts) {
        if let row = ConnectedRows.row(places.map { $0.map { texts[$0] } ?? "" }) { connected.append(row) }
        count += 1
        try batch.add(rows.row(texts, place: "\(path), at byte \(reader.recordOffset),"))
      }
      try batch.end()
      try sink(SnapshotBatch(kind: .connected, rows: connected))
      guard isComplete || count != Self.downloadLimit else { throw capped }
    } catch let error as JSONError {
      throw Failure(
        .exportUnreadable, "\(path): \(error)",
        fix: "take the export again; a file that ends early or is damaged is never read as a shorter list")
    }
  }
}
