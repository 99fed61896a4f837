import Ledger
import Model

/// Records that are handed over a few hundred at a time.
///
/// What was handed over is its taker's, perhaps in another thread: the next records get a place of their own.
struct Batch {
  /// How much a batch holds: so many records that were read, or eight times as many that are known, which are small.
  private static let size = 500
  private static let weightOfRead = 8

  private let kind: RecordKind
  private let sink: (SnapshotBatch) throws -> Void
  private var parts: [SnapshotBatch.Part] = []
  private var read: [ReadRecord] = []
  private var known: [KnownRecord] = []
  private var weight = 0

  init(_ kind: RecordKind, _ sink: @escaping (SnapshotBatch) throws -> Void) {
    self.kind = kind
    self.sink = sink
  }

  /// Takes a row in, and hands a full batch over.
  mutating func add(_ row: SnapshotRow) throws { try add(ReadRecord(row)) }

  /// Takes a record in that was read, and hands a full batch over.
  mutating func add(_ record: ReadRecord) throws {
    closeKnown()
    read.append(record)
    try weigh(Self.weightOfRead)
  }

  /// Takes a record in that is known by its bytes, and hands a full batch over.
  mutating func add(_ record: KnownRecord) throws {
    closeRead()
    known.append(record)
    try weigh(1)
  }

  /// Hands the rest over.
  mutating func end() throws {
    closeKnown()
    closeRead()
    try sink(SnapshotBatch(kind: kind, parts: parts))
    parts = []
    weight = 0
  }

  private mutating func weigh(_ more: Int) throws {
    weight += more
    if weight >= Self.size * Self.weightOfRead { try end() }
  }

  private mutating func closeRead() {
    guard !read.isEmpty else { return }
    parts.append(.read(read))
    read = []
  }

  private mutating func closeKnown() {
    guard !known.isEmpty else { return }
    parts.append(.known(known))
    known = []
  }
}
