package import Model

/// Which runs the ledger keeps: the newest ones, and of the older ones those that something still rests on.
///
/// What both sides agreed on, the records of the newest snapshot, verdicts and rejections belong to no run; they always stay.
package struct Retention: Sendable {
  /// How many of the newest runs stay, with those about single events among them, which do not count; at least one does.
  package var runs: Int
  /// The run whose reports a person finds under `reports/latest`.
  package var shown: RunID?
  /// The label of the field that completes a creation: as long as it is not written, the run of the creation tells so.
  package var completing = ""

  /// Why a run stays although enough newer ones are there.
  package enum Reason: String, Sendable, CaseIterable {
    case open = "waits to be applied"
    case begun = "was begun and not finished"
    case inDoubt = "holds rows of which nobody knows what became of them"
    case shown = "is the one that reports/latest shows"
    case needed = "is needed by a run that stays"
    case incomplete = "created a record that is not complete yet"
  }

  /// Keeps so many runs.
  package init(runs: Int) {
    self.runs = runs
  }
}

extension Retention {
  /// The runs that go, oldest first, and the older ones that stay all the same.
  func parted(_ ledger: LedgerTransaction) throws -> (going: [RunEntry], staying: [Removal.Stay]) {
    let all = try ledger.runs()
    // Runs about single events come by the dozen, and must not push the nights out.
    let oldest = all.filter { $0.kind != RunEntry.touched }.prefix(max(1, runs)).last
    let newest = all.firstIndex { $0.id == oldest?.id }.map { all[...$0] } ?? all[...]
    let older = all.dropFirst(newest.count)
    var look = Look(kept: Set(newest.map(\.id)))
    look.undone = try Set(all.filter { try isOpen($0, ledger) }.flatMap { try ledger.runs(takenBackBy: $0) })
    var going: [RunEntry] = []
    var staying: [Removal.Stay] = []
    // From the oldest on: whatever rests on an earlier run comes after it.
    for run in older.reversed() {
      if let reason = try reason(toKeep: run, look, ledger) {
        staying.append(Removal.Stay(run: run.id, reason: reason))
        look.kept.insert(run.id)
        look.exceptions.append(run.number)
      } else {
        going.append(run)
      }
    }
    return (going, staying)
  }

  /// What is known while the runs are gone through.
  private struct Look {
    var kept: Set<RunID>
    /// Older runs that stay, by number.
    var exceptions: [Int] = []
    /// Runs that a plan takes back that may still be applied.
    var undone: Set<RunID> = []
  }

  private func reason(toKeep run: RunEntry, _ look: Look, _ ledger: LedgerTransaction) throws -> Reason? {
    if run.state == .applying { return .begun }
    if try isOpen(run, ledger) { return .open }
    if run.id == shown { return .shown }
    if try ledger.isInDoubt(run.number) { return .inDoubt }
    if look.undone.contains(run.id) { return .needed }
    // Without the undo, rows that were taken back would look as if they stood.
    if try ledger.runs(takenBackBy: run).contains(where: look.kept.contains) { return .needed }
    if try ledger.holdsCreation(run.number, lacking: completing) { return .incomplete }
    return try ledger.completes(run.number, completing, creationsOf: look.exceptions) ? .needed : nil
  }

  /// Whether `apply` may take the run up.
  private func isOpen(_ run: RunEntry, _ ledger: LedgerTransaction) throws -> Bool {
    switch run.state {
    case .planned: try run.serial == ledger.serial()
    case .applying: true
    case .applied: false
    }
  }
}
