/// Limits that stop a run before it can do harm on a large scale.
package struct SafetyConfiguration: Hashable, Sendable {
  /// Percentages apply from this many records on.
  package let minimumRecords: Int
  /// The greatest share of records that a run may update, in percent.
  package let maximumUpdatePercent: Int
  /// The greatest number of records that a run may update; nil for no such limit.
  package let maximumUpdates: Int?
  /// The greatest share of records that a run may create, in percent.
  package let maximumCreatePercent: Int
  /// The greatest number of records that a run may create; nil for no such limit.
  package let maximumCreates: Int?
  /// The greatest number of deals that a run may close.
  package let maximumCloses: Int
  /// The greatest share of deals on which one field may be changed, in percent.
  package let maximumFieldPercent: Int
  /// The greatest age of a plan that is applied, in hours.
  package let maximumPlanAgeHours: Int
  /// The greatest share of last night's records that a snapshot may lack, in percent.
  package let maximumShrinkPercent: Int
  /// How long a request may still arrive whose answer nobody saw, in seconds; no run begins before that is over.
  package let quietSeconds: Int
  /// Ids of records that must be in every snapshot.
  package let canaries: [String]
}
