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
  /// Other referrals that are tied to an opportunity which this one claims: by the ledger's link, by the opportunity's
  /// own *Referral Identifier*, or by the CRM id that they name.
  package let contenders: [String]

  /// Claims on one referral.
  package init(
    linked: (id: String, isPresent: Bool)? = nil, claimants: [String] = [],
    named: (id: String, isPresent: Bool) = ("", false), rivals: [String] = [], contenders: [String] = []
  ) {
    self.linked = linked?.id
    isLinkedPresent = linked?.isPresent ?? false
    self.claimants = claimants
    self.named = named.id
    isNamedPresent = named.isPresent
    self.rivals = rivals
    self.contenders = contenders
  }

  /// The opportunities of the snapshot that any claim names, each once, in the order of R19.
  package var present: [String] {
    var result: [String] = []
    if let linked, isLinkedPresent { result.append(linked) }
    for claimant in claimants where !result.contains(claimant) { result.append(claimant) }
    if isNamedPresent && !result.contains(named) { result.append(named) }
    return result
  }

  /// The same claims with those who contend for the opportunities.
  package func adding(contenders: [String]) -> IdentityClaims { with(rivals: rivals, contenders: contenders) }

  /// The same claims without those of some other referrals: another party's record claims nothing (R11).
  package func ignoring(_ isIgnored: (String) throws -> Bool) rethrows -> IdentityClaims {
    guard !rivals.isEmpty || !contenders.isEmpty else { return self }
    return with(
      rivals: try rivals.filter { try !isIgnored($0) }, contenders: try contenders.filter { try !isIgnored($0) })
  }

  private func with(rivals: [String], contenders: [String]) -> IdentityClaims {
    IdentityClaims(
      linked: linked.map { ($0, isLinkedPresent) }, claimants: claimants, named: (named, isNamedPresent),
      rivals: rivals, contenders: contenders)
  }
}
