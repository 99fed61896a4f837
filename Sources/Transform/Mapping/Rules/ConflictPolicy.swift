/// Who wins when both sides changed a field to different values (R115).
package enum ConflictPolicy: String, CaseIterable, Sendable {
  /// A person decides.
  case hold
  /// Partner Center wins.
  case partnerCenter = "partner_center"
  /// Salesforce wins.
  case salesforce
  /// The record that was changed last wins.
  case newest
}
