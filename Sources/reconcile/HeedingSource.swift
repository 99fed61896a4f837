import Extract
import Ledger
import Model

/// A source that stops between two pages when somebody asks for it: nothing of the snapshot is kept then.
struct HeedingSource: SnapshotSource {
  private let source: any SnapshotSource
  private let interrupt: Interrupt

  init(_ source: any SnapshotSource, _ interrupt: Interrupt) {
    self.source = source
    self.interrupt = interrupt
  }

  var side: Side { source.side }
  var shapes: [Shape] { source.shapes }

  var forms: [RecordKind: String] { source.forms }

  func read(recalling recollection: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    try source.read(recalling: recollection) { [interrupt] batch in
      try interrupt.heed()
      try sink(batch)
    }
  }
}
