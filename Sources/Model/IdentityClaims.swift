/// Who claims to belong to a referral.
package struct IdentityClaims: Hashable, Sendable {
  /// The opportunity that the ledger links it with; nil when it links none.
  package let linked: String?
  /// Whether that opportunity is in the snapshot.
  package let isLinkedPresent: Bool
  /// The opportunities whose *Referral Identifier* is this referral's id.
  package let claimants: [String]
  /// The CRM id that the referral names; empty when it names none.
  package let named: String
  /// Whether an opportunity of that id is in the snapshot.
  package let isNamedPresent: Bool
  /// Other referrals that name the same CRM id.
  package let rivals: [String]

  /// Claims on one referral.
  package init(
    linked: (id: String, isPresent: Bool)? = nil, claimants: [String] = [],
    named: (id: String, isPresent: Bool) = ("", false), rivals: [String] = []
  ) {
    self.linked = linked?.id
    isLinkedPresent = linked?.isPresent ?? false
    self.claimants = claimants
    self.named = named.id
    isNamedPresent = named.isPresent
    self.rivals = rivals
  }

  /// The opportunities of the snapshot that any claim names, each once, in the order of R19.
  package var present: [String] {
    var result: [String] = []
    if let linked, isLinkedPresent { result.append(linked) }
    for claimant in claimants where !result.contains(claimant) { result.append(claimant) }
    if isNamedPresent && !result.contains(named) { result.append(named) }
    return result
  }
}
