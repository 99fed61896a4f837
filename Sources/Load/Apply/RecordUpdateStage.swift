import JSON
import Model
import Wire

/// The fields of records other than the opportunity: accounts.
///
/// Several pairs may write to one account. Its stamp moves with the first write, so that the next one is guarded by the
/// stamp that was read after it.
final class RecordUpdateStage {
  private let journal: ApplyJournal
  /// The records that this process wrote.
  private var own: Set<String> = []

  init(journal: ApplyJournal) {
    self.journal = journal
  }

  /// Writes the rows of these pairs, each record once in every round.
  func carryOut(_ batch: [PairWork]) throws {
    var rest = try batch.flatMap(writes)
    while !rest.isEmpty {
      var seen: Set<String> = []
      let round = rest.filter { seen.insert($0.id).inserted }
      seen.removeAll()
      rest = rest.filter { !seen.insert($0.id).inserted }
      try GuardedWriter(journal: journal).send(try round.compactMap(refreshed))
      own.formUnion(round.map(\.id))
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

  /// A write with the stamp that the record has after this process wrote it; nil, with the rows settled, when it cannot be
  /// read.
  private func refreshed(_ write: GuardedWrite) throws -> GuardedWrite? {
    guard own.contains(write.id), !write.stamp.isEmpty else { return write }
    let found = try journal.look(for: write.operation.rows, of: write.work) {
      try journal.records(
        "SELECT Id, LastModifiedDate FROM \(try SOQL.identifier(write.object)) WHERE Id = \(SOQL.literal(write.id))")
    }
    guard let found else { return nil }
    var fresh = write
    fresh.stamp = found.first?["LastModifiedDate"]?.stringValue ?? write.stamp
    return fresh
  }

  private struct Target: Hashable {
    let object: String
    let id: String
  }
}
