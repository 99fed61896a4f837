package import Ledger
package import Model
package import Transform

extension LedgerTransaction {
  private static let org = "org"

  /// Keeps what the org said of its fields when a plan was made, as `OrgFields.encoded`; empty for one that was read from
  /// files.
  func keep(org: String) throws { try setMeta(Self.org, org) }

  /// What the org said of its fields when the newest plan was made; nil when it was not asked.
  ///
  /// By it, a mapping can be adapted to the org offline.
  package func orgAtPlan() throws -> OrgFields? {
    OrgFields(encoded: try meta(Self.org))
  }
}

extension Mapping {
  /// The mapping as an org needs it; as it is when nobody asked the org.
  package func adapted(to org: OrgFields?) -> Mapping {
    org.map { adapted(to: $0).mapping } ?? self
  }
}
