import Model
import Setup

/// The records that must be in every snapshot, as far as they were looked for.
struct Canaries {
  /// Each in the order of the configuration.
  private(set) var facts: [CanaryFact]

  /// Records that nobody looked for yet; a text that can be no id is known to be none.
  init(_ ids: [String]) {
    facts = ids.map { id in
      CanaryFact(id, isThere: Self.side(of: id) == nil ? .failed(Self.noID(id)) : .unasked)
    }
  }

  /// Looks for those of a side.
  mutating func look(on side: Side, _ isThere: (String) throws -> Bool) {
    for index in facts.indices where Self.side(of: facts[index].id) == side {
      let id = facts[index].id
      facts[index].isThere = Fact(asking: { try isThere(id) })
    }
  }

  /// The side whose ids look like that; nil for a text that can be no id.
  private static func side(of id: String) -> Side? {
    if SalesforceID.normalized(id) != nil { return .salesforce }
    let parts = id.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
    return parts == [8, 4, 4, 4, 12] ? .partnerCenter : nil
  }

  private static func noID(_ id: String) -> Failure {
    Failure(
      .canaryMissing, "safety.canaries: \(id) cannot be the id of a referral or of a Salesforce record",
      fix: "give a referral's id, or a Salesforce id of 15 or 18 characters")
  }
}
