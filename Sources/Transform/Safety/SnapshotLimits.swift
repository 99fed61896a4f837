package import Model

/// How much a snapshot may shrink before the run stops: a short list is far more often a fault than a clean-out (R117).
package struct SnapshotLimits: Sendable, Hashable {
  /// The limits hold from this many records on.
  package var minimumRecords: Int
  /// The share of last night's records, in percent, that may be missing.
  package var maximumShrinkPercent: Int
  /// Ids of records of either side that must be in every snapshot.
  package var canaries: [String]
  /// The limits that are lifted for this run.
  package var allowed: Set<SafetyLimit> = []

  /// Limits; by default ten records and ten percent, and no canaries.
  package init(minimumRecords: Int = 10, maximumShrinkPercent: Int = 10, canaries: [String] = []) {
    self.minimumRecords = minimumRecords
    self.maximumShrinkPercent = maximumShrinkPercent
    self.canaries = canaries
  }

  /// Checks the size of one kind's snapshot against the one before.
  ///
  /// - Throws: `Failure` with `snapshotEmpty` or `snapshotShrunk`, naming the numbers.
  package func check(_ kind: RecordKind, before: Int, missing: Int, now: Int) throws {
    guard before > 0 else { return }
    guard now > 0 else {
      guard !allowed.contains(.empty) else { return }
      throw Failure(
        .snapshotEmpty, "\(kind.side.title) holds no \(kind.rawValue) any more; last time there were \(before)",
        fix: "check the account's rights and the export; nothing was changed. If they are really gone: plan "
          + SafetyLimit.empty.flag)
    }
    guard before >= minimumRecords, missing * 100 > before * maximumShrinkPercent, !allowed.contains(.shrink) else {
      return
    }
    throw Failure(
      .snapshotShrunk,
      "\(missing) of \(before) \(kind.rawValue) records are missing from \(kind.side.title), more than "
        + "\(maximumShrinkPercent) percent (safety.max_shrink_percent)",
      fix: "check the account's rights; if they are really gone: plan " + SafetyLimit.shrink.flag)
  }

  /// Checks that every canary is in the snapshots.
  ///
  /// - Parameter isThere: whether a record of that id stands in the newest snapshot.
  /// - Throws: `Failure` with `canaryMissing`, naming all that are missing, and those whose id cannot be one: a guard that
  ///   cannot be evaluated stops the run.
  package func checkCanaries(isThere: (String) throws -> Bool) throws {
    guard !allowed.contains(.canary) else { return }
    let unknown = canaries.filter { CanaryID($0) == nil }
    guard unknown.isEmpty else {
      throw Failure(
        .canaryMissing,
        "safety.canaries: \(unknown.joined(separator: ", ")) cannot be the id of a referral or of a Salesforce record",
        fix: "give a referral's id, or a Salesforce id of 15 or 18 characters")
    }
    let missing = try canaries.filter { try !isThere(CanaryID($0)?.id ?? $0) }
    guard missing.isEmpty else {
      throw Failure(
        .canaryMissing,
        "\(missing.count) of \(canaries.count) canaries are in no snapshot: \(missing.joined(separator: ", "))",
        fix: "check the account's rights and the filter of the export; if the record is really gone, name another in "
          + "safety.canaries, or for this run: plan " + SafetyLimit.canary.flag)
    }
  }
}
