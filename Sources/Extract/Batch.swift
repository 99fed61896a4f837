import Ledger
import Model

/// Records that are handed over a few hundred at a time.
///
/// What was handed over is its taker's, perhaps in another thread: the next records get a place of their own.
struct Batch {
  private static let size = 500

  private let kind: RecordKind
  private let sink: (SnapshotBatch) throws -> Void
  private var parts: [SnapshotBatch.Part] = []
  private var read: [ReadRecord] = []
  private var known: [KnownRecord] = []
  /// How many records the parts hold.
  private var count = 0

  init(_ kind: RecordKind, _ sink: @escaping (SnapshotBatch) throws -> Void) {
    self.kind = kind
    self.sink = sink
  }

  /// Takes a row in, and hands a full batch over.
  mutating func add(_ row: SnapshotRow) throws { try add(ReadRecord(row)) }

  /// Takes a record in that was read, and hands a full batch over.
  mutating func add(_ record: ReadRecord) throws {
    closeKnown()
    if read.isEmpty { read.reserveCapacity(Self.size) }
    read.append(record)
    if count + read.count >= Self.size { try end() }
  }

  /// Takes a record in that is known by its bytes, and hands a full batch over.
  mutating func add(_ record: KnownRecord) throws {
    closeRead()
    known.append(record)
    // They are small.
    if known.count == 8 * Self.size { try end() }
  }

  /// Hands the rest over.
  mutating func end() throws {
    closeKnown()
    closeRead()
    try sink(SnapshotBatch(kind: kind, parts: parts))
    parts = []
    count = 0
  }

  private mutating func closeRead() {
    guard !read.isEmpty else { return }
    parts.append(.read(read))
    count += read.count
    read = []
  }

  private mutating func closeKnown() {
    guard !known.isEmpty else { return }
    parts.append(.known(known))
    known = []
  }
}
