package import Model

/// What has to be looked up in Salesforce before a referral that stands alone can be judged.
package struct Lookups: Sendable {
  /// The key of the customer's account (R45); empty when the referral names no customer.
  package let account: String
  /// The keys of its contacts (R50).
  package let contacts: [String]
  /// The keys of its solutions (R94).
  package let solutions: [String]
  /// The keys of the members of its team (R91).
  package let users: [String]

  /// The look-ups for a linked pair: what the referral lists and the opportunity does not, of lists that are known.
  package init(for referral: Record, lackingIn opportunity: Record) {
    func isKnown(_ column: KnownColumn) -> Bool { opportunity.shape.position(of: column) != nil }
    account = ""
    if isKnown(.contacts) {
      let attached = Set(CustomerContact.of(opportunity: opportunity).map(\.key))
      contacts = CustomerContact.of(referral: referral).filter { !attached.contains($0.key) }
        .map { LookupKey.contact(email: $0.email) }.filter { !$0.isEmpty }
    } else {
      contacts = []
    }
    if isKnown(.solutions) {
      let lines = Set(DealSolution.of(opportunity: opportunity).map { LookupKey.solution(identifier: $0.id) })
      solutions = DealSolution.of(referral: referral).map { LookupKey.solution(identifier: $0.id) }
        .filter { !lines.contains($0) }
    } else {
      solutions = []
    }
    if isKnown(.team) {
      let team = Set(CustomerContact.team(ofOpportunity: opportunity).map(\.key))
      users = CustomerContact.team(ofReferral: referral).map(\.key).filter { !$0.isEmpty && !team.contains($0) }
    } else {
      users = []
    }
  }

  /// The look-ups for one referral.
  package init(for referral: Record, by mapping: Mapping) {
    let name = mapping.read(.customerName, of: referral)
    account = LookupKey.account(name: name, postalCode: mapping.read(.customerPostalCode, of: referral))
    contacts = CustomerContact.of(referral: referral).map { LookupKey.contact(email: $0.email) }.filter { !$0.isEmpty }
    solutions = DealSolution.of(referral: referral).map { LookupKey.solution(identifier: $0.id) }
    users = CustomerContact.team(ofReferral: referral).map(\.key).filter { !$0.isEmpty }
  }
}

extension Mapping {
  /// A reserved field's canonical text on the Partner Center side; empty when it cannot be read.
  func read(_ field: ReservedField, of referral: Record) -> String {
    let rule = self.field(field)
    let raw = referral.first(of: rule.referralPath.alternatives)
    return (try? rule.transform.read(raw, from: .partnerCenter).text) ?? raw
  }
}
