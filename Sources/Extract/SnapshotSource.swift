package import Ledger
package import Model

/// Where one side's records come from: the service itself, or exported files.
package protocol SnapshotSource: Sendable {
  /// The side that it reads.
  var side: Side { get }
  /// The kinds of record that it gives, each complete, in the columns that this source really has.
  var shapes: [Shape] { get }

  /// Hands every record over, a batch at a time, and returns only when the whole side was read.
  ///
  /// - Throws: `Failure` when anything is missing or malformed. What was handed over by then is thrown away.
  func read(into sink: @escaping (SnapshotBatch) throws -> Void) throws
}

/// Records of one kind on their way into the ledger.
package struct SnapshotBatch: Sendable {
  /// What they are.
  package let kind: RecordKind
  /// The records.
  package let rows: [SnapshotRow]

  /// A batch of one kind.
  package init(kind: RecordKind, rows: [SnapshotRow]) {
    self.kind = kind
    self.rows = rows
  }
}
