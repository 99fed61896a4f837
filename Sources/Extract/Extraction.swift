import Foundation
package import Ledger
package import Model
import Synchronization

/// Takes the snapshots of both sides, complete or not at all.
///
/// The ledger is written by the calling thread alone, inside its transaction. When either side fails, the failure is
/// thrown, and the transaction that it leaves keeps nothing.
package struct Extraction {
  /// How far a side has come: what is being read, and how many records of it so far.
  package typealias Progress = (Side, RecordKind, Int) -> Void

  /// Which side is read when.
  package enum Order: Sendable {
    /// Both at the same time, each on a thread of its own.
    case together
    /// One after the other on the calling thread, so that the requests always come in the same order.
    case inTurn
  }

  private let sources: [any SnapshotSource]
  private let order: Order

  /// An extraction of the given sides.
  package init(_ sources: [any SnapshotSource], _ order: Order = .together) {
    self.sources = sources
    self.order = order
  }

  /// Reads every source into the run's snapshot and tells what it holds.
  package func run(
    _ run: Int, into ledger: LedgerTransaction, progress: Progress
  ) throws -> [RecordKind: SnapshotCount] {
    var writers: [RecordKind: SnapshotWriter] = [:]
    for source in sources {
      for shape in source.shapes {
        writers[shape.kind] = try ledger.snapshot(shape, run: run, form: source.forms[shape.kind] ?? "")
      }
    }
    let recollection = try ledger.recollection()
    switch order {
    case .together: try readTogether(recollection, into: writers, progress: progress)
    case .inTurn: try readInTurn(recollection, into: writers, progress: progress)
    }
    return try writers.mapValues { try $0.finish() }
  }

  private func readInTurn(
    _ recollection: Recollection, into writers: [RecordKind: SnapshotWriter], progress: Progress
  ) throws {
    try withoutActuallyEscaping(progress) { progress in
      var intake = Intake(writers: writers)
      for source in sources {
        try source.read(recalling: recollection) { try intake.take($0, from: source.side, progress) }
      }
    }
  }

  private func readTogether(
    _ recollection: Recollection, into writers: [RecordKind: SnapshotWriter], progress: Progress
  ) throws {
    let queue = BoundedQueue<Event>(capacity: 8)
    let stopped = Stop()
    for source in sources {
      Thread.detachNewThread { Self.read(source, recalling: recollection, into: queue, until: stopped) }
    }
    try collect(from: queue, into: writers, stopped: stopped, progress: progress)
  }

  /// What came so far of each kind, on its way into the snapshot.
  private struct Intake {
    let writers: [RecordKind: SnapshotWriter]
    private var counts: [RecordKind: Int] = [:]

    init(writers: [RecordKind: SnapshotWriter]) {
      self.writers = writers
    }

    mutating func take(_ batch: SnapshotBatch, from side: Side, _ progress: Progress) throws {
      if let writer = writers[batch.kind] {
        for part in batch.parts { try take(part, into: writer) }
      }
      counts[batch.kind, default: 0] += batch.count
      progress(side, batch.kind, counts[batch.kind] ?? 0)
    }

    private func take(_ part: SnapshotBatch.Part, into writer: SnapshotWriter) throws {
      // What is read out of a record beside it is Microsoft's record of a deal.
      let companions = writers[.connected]
      switch part {
      case .known(let records):
        for record in records { try writer.keep(record, companions: companions) }
      case .read(let records):
        for record in records {
          let companion = try record.companion.flatMap { try companions?.add($0) } ?? 0
          try writer.add(record.row, fingerprint: record.fingerprint, companion: companion)
        }
      }
    }
  }

  private enum Event: Sendable {
    case batch(Side, SnapshotBatch)
    case ended
    case failed(any Error)
  }

  /// Whether the readers may stop, since nobody wants their records any more.
  private final class Stop: Sendable {
    private let flag = Atomic(false)
    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
  }

  private struct Abandoned: Error {}

  private static func read(
    _ source: any SnapshotSource, recalling recollection: Recollection, into queue: BoundedQueue<Event>,
    until stopped: Stop
  ) {
    do {
      try source.read(recalling: recollection) { batch in
        if stopped.isSet { throw Abandoned() }
        queue.push(.batch(source.side, batch))
      }
      queue.push(.ended)
    } catch {
      queue.push(.failed(error))
    }
  }

  /// Writes what the readers push until the last has ended; after a failure it lets them end and throws the first one.
  private func collect(
    from queue: BoundedQueue<Event>, into writers: [RecordKind: SnapshotWriter], stopped: Stop, progress: Progress
  ) throws {
    var failure: (any Error)?
    var intake = Intake(writers: writers)
    var running = sources.count
    while running > 0 {
      switch queue.pop() {
      case .batch(let side, let batch):
        guard failure == nil else { continue }
        do {
          try intake.take(batch, from: side, progress)
        } catch {
          failure = error
          stopped.set()
        }
      case .ended:
        running -= 1
      case .failed(let error):
        running -= 1
        if failure == nil { failure = error }
        stopped.set()
      }
    }
    if let failure { throw failure }
  }
}
