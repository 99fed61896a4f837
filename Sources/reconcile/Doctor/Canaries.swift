import Model
import Setup
import Transform

/// The records that must be in every snapshot, as far as they were looked for.
struct Canaries {
  /// Each in the order of the configuration.
  private(set) var facts: [CanaryFact]

  /// Records that nobody looked for yet; a text that can be no id is known to be none.
  init(_ ids: [String]) {
    facts = ids.map { id in
      CanaryFact(id, isThere: CanaryID(id) == nil ? .failed(Self.noID(id)) : .unasked)
    }
  }

  /// Looks for those of a side.
  mutating func look(on side: Side, _ isThere: (String) throws -> Bool) {
    for index in facts.indices where CanaryID(facts[index].id)?.side == side {
      let id = facts[index].id
      facts[index].isThere = Fact(asking: { try isThere(id) })
    }
  }

  private static func noID(_ id: String) -> Failure {
    Failure(
      .canaryMissing, "safety.canaries: \(id) cannot be the id of a referral or of a Salesforce record",
      fix: "give a referral's id, or a Salesforce id of 15 or 18 characters")
  }
}
