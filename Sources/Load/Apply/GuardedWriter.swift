import JSON
import Model
import Wire

/// Fields of one Salesforce record, written only if nobody changed it since `stamp`.
struct GuardedWrite {
  let operation: Operation
  let work: PairWork
  let object: String
  let id: String
  let fields: [FieldWrite]
  /// The record's `LastModifiedDate` that must still stand; empty to write without a guard.
  var stamp: String
  /// The fields by which a look at the record tells whether the write took effect.
  let evidence: [FieldWrite]
}

/// Sends guarded writes together, and stores how each ended.
///
/// A record that is refused or stale does not touch the others (R112).
struct GuardedWriter {
  let journal: ApplyJournal

  /// Sends writes to records that all differ.
  func send(_ writes: [GuardedWrite]) throws {
    let parts = stride(from: 0, to: writes.count, by: size).map { writes[$0..<min($0 + size, writes.count)] }
    try journal.sideBySide(parts) { part in
      try journal.stopIfAsked()
      try sendTogether(Array(part))
    }
  }

  /// How many writes go out under one intent: one conditional request, or whatever a batch holds.
  private var size: Int {
    switch journal.context.writeGuard {
    case .conditional: 25
    case .reread: PairBatch.size(.reread)
    }
  }

  private func sendTogether(_ writes: [GuardedWrite]) throws {
    let looks = WriteEvidence(of: writes.filter { journal.isInDoubt($0.operation, $0.work) }, journal: journal)
    var outgoing: [(write: GuardedWrite, record: SObject)] = []
    for write in writes {
      let seen = try journal.endingByLooking(write.operation, of: write.work) { try looks.observation(of: write) }
      let ending =
        try seen
        ?? journal.capture(write.operation) {
          outgoing.append((write, try record(write)))
          return nil
        }
      if let ending { try journal.conclude([(write.operation, write.work, ending)]) }
    }
    guard !outgoing.isEmpty else { return }
    try journal.intend(outgoing.map { ($0.write.operation, $0.write.work) })
    let endings = request(outgoing)
    try journal.conclude(
      zip(outgoing, endings).map { entry, ending in (entry.write.operation, entry.write.work, ending) })
  }

  private func request(_ outgoing: [(write: GuardedWrite, record: SObject)]) -> [Ending] {
    let dates = outgoing.map { Timestamp.parse($0.write.stamp).map(Timestamp.http) }
    var guarded = guardedUpdates(
      zip(outgoing, dates).compactMap { entry, date in date.map { GuardedUpdate(entry.record, unmodifiedSince: $0) } }
    )[...]
    var unguarded = journal.context.salesforce.updateMany(
      zip(outgoing, dates).compactMap { entry, date in date == nil ? entry.record : nil })[...]
    return dates.map { date in
      switch date == nil ? unguarded.popFirst() : guarded.popFirst() {
      case .success(let answer): .applied(Receipt(status: answer.status, requestID: answer.requestID ?? ""))
      case .failure(let error): Ending(error, creates: false)
      case nil: .without(.unknown, .outcomeUnknown, "the answer says nothing of this record")
      }
    }
  }

  private func guardedUpdates(_ updates: [GuardedUpdate]) -> [Result<RowAnswer, ServiceError>] {
    switch journal.context.writeGuard {
    case .conditional: journal.context.salesforce.guardedUpdates(updates)
    case .reread: journal.context.salesforce.rereadUpdates(updates)
    }
  }

  private func record(_ write: GuardedWrite) throws -> SObject {
    guard write.stamp.isEmpty || Timestamp.parse(write.stamp) != nil else {
      throw Ending.without(.failed, .valueUnreadable, "the record's time \"\(write.stamp)\" cannot be read")
    }
    return SObject(write.object, id: write.id, fields: try write.fields.members())
  }
}
