/// How an update makes sure that nobody changed the record since the snapshot (R111).
package enum WriteGuard: String, CaseIterable, Sendable {
  /// Salesforce itself compares: 25 conditional updates a request, and no gap.
  case conditional
  /// The record is read again just before: 200 updates a request, or a bulk job, and a gap of a moment.
  case reread
}
