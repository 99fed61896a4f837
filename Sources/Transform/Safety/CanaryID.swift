package import Model

/// The id of a record that must be in every snapshot, read from what a person wrote.
package struct CanaryID: Sendable, Hashable {
  /// The service whose ids look like that.
  package let side: Side
  /// The id as the ledger spells it.
  package let id: String

  /// Reads an id; nil for a text that can be the id of neither a referral nor a Salesforce record.
  package init?(_ text: String) {
    if let id = SalesforceID.normalized(text) {
      (side, self.id) = (.salesforce, id)
      return
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
    guard parts == [8, 4, 4, 4, 12] else { return nil }
    (side, id) = (.partnerCenter, text.lowercased())
  }
}
