package import Model

/// How much a snapshot may shrink before the run stops: a short list is far more often a fault than a clean-out (R117).
package struct SnapshotLimits: Sendable, Hashable {
  /// The limits hold from this many records on.
  package var minimumRecords: Int
  /// The share of last night's records, in percent, that may be missing.
  package var maximumShrinkPercent: Int

  /// Limits; by default ten records and ten percent.
  package init(minimumRecords: Int = 10, maximumShrinkPercent: Int = 10) {
    self.minimumRecords = minimumRecords
    self.maximumShrinkPercent = maximumShrinkPercent
  }

  /// Checks the size of one kind's snapshot against the one before.
  ///
  /// - Throws: `Failure` with `snapshotEmpty` or `snapshotShrunk`, naming the numbers.
  package func check(_ kind: RecordKind, before: Int, missing: Int, now: Int) throws {
    guard before > 0 else { return }
    guard now > 0 else {
      throw Failure(
        .snapshotEmpty, "\(kind.side.title) holds no \(kind.rawValue) any more; last time there were \(before)",
        fix: "check the account's rights and the export; nothing was changed")
    }
    guard before >= minimumRecords, missing * 100 > before * maximumShrinkPercent else { return }
    throw Failure(
      .snapshotShrunk,
      "\(missing) of \(before) \(kind.rawValue) records are missing from \(kind.side.title), more than "
        + "\(maximumShrinkPercent) percent",
      fix: "check the account's rights; if they are really gone, raise safety.max_shrink_percent for this run")
  }
}
