import JSON
import Model
import Wire

/// The fields of records other than the opportunity: accounts.
///
/// Several pairs may write to one account. Its stamp moves with the first write, and what somebody else did since then could
/// not be told from it: so the account is written once in a run. Later rows are applied where it shows their values
/// already, and stale otherwise.
final class RecordUpdateStage {
  private let journal: ApplyJournal
  /// The records that this process wrote.
  private var own: Set<String> = []

  init(journal: ApplyJournal) {
    self.journal = journal
  }

  /// Writes the rows of these pairs.
  func carryOut(_ batch: [PairWork]) throws {
    var later: [GuardedWrite] = []
    let first = try batch.flatMap(writes).filter { write in
      // Without a stamp nothing is guarded, the first write as little as the second.
      if write.stamp.isEmpty || own.insert(write.id).inserted { return true }
      later.append(write)
      return false
    }
    try GuardedWriter(journal: journal).send(first)
    guard !later.isEmpty else { return }
    let evidence = WriteEvidence(of: later, journal: journal)
    for write in later {
      let shown = try journal.look(for: write.operation.rows, of: write.work) {
        if case .applied = try evidence.observation(of: write) { true } else { false }
      }
      guard let shown else { continue }
      try journal.settle(write.operation.rows, of: write.work, shown ? .applied(Receipt()) : .stale)
    }
  }

  private func writes(of work: PairWork) throws -> [GuardedWrite] {
    var targets: [Target] = []
    var fields: [Target: [FieldWrite]] = [:]
    var rows: [Target: [Int]] = [:]
    for (row, effect) in work.open {
      guard case .updateRecord(let object, let id, let writes) = effect, object != "Opportunity" else { continue }
      let target = Target(object: object, id: id.isEmpty && object == "Account" ? work.accountID : id)
      if fields[target] == nil { targets.append(target) }
      fields[target, default: []] += writes
      rows[target, default: []].append(row.seq)
    }
    return try targets.compactMap { target in
      let rows = rows[target] ?? []
      guard try admits(target, rows, work) else { return nil }
      let operation = Operation(
        "update-\(target.object)-\(target.id)", .salesforce, rows: rows, "PATCH \(target.object) \(target.id)")
      // The stamp is empty when the snapshot did not read the account's own; then the write goes without a guard.
      let stamp = work.rows.first?.versions.account ?? ""
      let writes = fields[target] ?? []
      return GuardedWrite(
        operation: operation, work: work, object: target.object, id: target.id, fields: writes, stamp: stamp,
        evidence: writes)
    }
  }

  private func admits(_ target: Target, _ rows: [Int], _ work: PairWork) throws -> Bool {
    if work.isStale(.salesforce) {
      try journal.settle(rows, of: work, .stale)
      return false
    }
    guard target.id.isEmpty else { return true }
    try journal.settle(
      rows, of: work, .without(.notAttempted, .notAttempted, "the \(target.object) does not exist"))
    return false
  }

  private struct Target: Hashable {
    let object: String
    let id: String
  }
}
