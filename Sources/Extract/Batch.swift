import Ledger
import Model

/// Rows that are handed over a few hundred at a time.
///
/// What was handed over is its taker's, perhaps in another thread: the next rows get a place of their own.
struct Batch {
  private static let size = 500

  private let kind: RecordKind
  private let sink: (SnapshotBatch) throws -> Void
  private var rows: [SnapshotRow] = []

  init(_ kind: RecordKind, _ sink: @escaping (SnapshotBatch) throws -> Void) {
    self.kind = kind
    self.sink = sink
  }

  /// Takes a row in, and hands a full batch over.
  mutating func add(_ row: SnapshotRow) throws {
    if rows.isEmpty { rows.reserveCapacity(Self.size) }
    rows.append(row)
    if rows.count == Self.size { try end() }
  }

  /// Hands the rest over.
  mutating func end() throws {
    try sink(SnapshotBatch(kind: kind, rows: rows))
    rows = []
  }
}
