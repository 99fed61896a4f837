/// How much a plan may do before `apply` asks whether it is meant.
///
/// Shares are of the deals in play: every line of the reconciliation but the skipped and the closed ones.
package struct SafetyLimits: Sendable, Hashable {
  /// Shares count from this many deals in play on; below it the absolute limits alone hold.
  package var minimumRecords = 10
  /// The greatest share of deals that may be updated on one side, in percent, and their greatest number.
  package var maximumUpdatePercent = 30
  package var maximumUpdates: Int?
  /// The greatest share of deals for which one sort of record may be created, in percent, and their greatest number.
  package var maximumCreatePercent = 30
  package var maximumCreates: Int?
  /// The greatest number of deals that may be won, lost or declined.
  package var maximumCloses = 10
  /// The greatest share of deals on which one field may be changed, in percent.
  package var maximumFieldPercent = 90
  /// The greatest age of a plan's snapshots, in hours.
  package var maximumAgeHours = 72

  /// The default limits.
  package init() {}
}
