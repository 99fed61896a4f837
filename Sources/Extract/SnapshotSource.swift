package import Ledger
package import Model

/// Where one side's records come from: the service itself, or exported files.
package protocol SnapshotSource: Sendable {
  /// The side that it reads.
  var side: Side { get }
  /// The kinds of record that it gives, each complete, in the columns that this source really has.
  var shapes: [Shape] { get }

  /// How the bytes of a kind's records are read, for kinds whose records come with fingerprints.
  var forms: [RecordKind: String] { get }

  /// Hands every record over, a batch at a time, and returns only when the whole side was read.
  ///
  /// What is recollected need not be read again.
  ///
  /// - Throws: `Failure` when anything is missing or malformed. What was handed over by then is thrown away.
  func read(recalling recollection: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws
}

extension SnapshotSource {
  /// No kind's records come with fingerprints.
  package var forms: [RecordKind: String] { [:] }
}

/// A record as its source gave it.
package struct ReadRecord: Sendable {
  /// The record.
  package let row: SnapshotRow
  /// A record of another kind that was read out of the same bytes.
  package var companion: SnapshotRow?
  /// The fingerprint of the bytes, where the source has one.
  package var fingerprint: Fingerprint?

  /// A record without fingerprint.
  package init(_ row: SnapshotRow) {
    self.row = row
  }
}

/// Records of one kind on their way into the ledger, in the order in which they came.
package struct SnapshotBatch: Sendable {
  /// Records that come one after the other.
  package enum Part: Sendable {
    /// Records that were read.
    case read([ReadRecord])
    /// Records that are known by their bytes, and were not read.
    case known([KnownRecord])
  }

  /// What they are.
  package let kind: RecordKind
  /// The records.
  package let parts: [Part]

  /// A batch of one kind.
  package init(kind: RecordKind, parts: [Part]) {
    self.kind = kind
    self.parts = parts
  }

  /// A batch of records that were read and have no fingerprint.
  package init(kind: RecordKind, rows: [SnapshotRow]) {
    self.init(kind: kind, parts: [.read(rows.map(ReadRecord.init))])
  }

  /// How many records there are.
  package var count: Int {
    parts.reduce(0) { count, part in
      switch part {
      case .read(let records): count + records.count
      case .known(let records): count + records.count
      }
    }
  }

  /// The records that were read.
  package var rows: [SnapshotRow] {
    parts.flatMap { part -> [SnapshotRow] in
      guard case .read(let records) = part else { return [] }
      return records.map(\.row)
    }
  }
}
