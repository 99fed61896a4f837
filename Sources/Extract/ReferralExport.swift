import Foundation
import JSON
import Ledger
package import Model

/// Referrals from an exported file: a list page, an array, or one JSON object a line.
package struct ReferralExport: SnapshotSource {
  private let path: String
  private let shape: Shape

  /// The file at `path`, read in the given shape.
  package init(path: String, shape: Shape) {
    self.path = path
    self.shape = shape
  }

  /// The side that is read: Partner Center.
  package var side: Side { .partnerCenter }
  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] { [shape, SnapshotShapes.connected] }

  /// Reads everything, a batch at a time, or throws.
  package func read(into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    do {
      let reader = try RecordReader(path: path)
      let rows = ReferralRows(shape: shape)
      let places = SnapshotShapes.connected.columns.map { shape.position(of: $0) }
      var connected: [SnapshotRow] = []
      var texts: [String] = []
      var batch: [SnapshotRow] = []
      while try reader.next(with: rows.projector, into: &texts) {
        if let row = ConnectedRows.row(places.map { $0.map { texts[$0] } ?? "" }) { connected.append(row) }
        batch.append(try rows.row(texts, place: "\(path), at byte \(reader.recordOffset),"))
        if batch.count == 500 {
          try sink(SnapshotBatch(kind: .referral, rows: batch))
          batch.removeAll(keepingCapacity: true)
        }
      }
      try sink(SnapshotBatch(kind: .referral, rows: batch))
      try sink(SnapshotBatch(kind: .connected, rows: connected))
    } catch let error as JSONError {
      throw Failure(
        .exportUnreadable, "\(path): \(error)",
        fix: "take the export again; a file that ends early or is damaged is never read as a shorter list")
    }
  }
}
