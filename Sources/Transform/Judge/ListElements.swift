import JSON
import Model

/// The rows that carry the elements of lists into Salesforce, at the creation of an opportunity and later.
struct ListElements {
  let mapping: Mapping
  let neighbours: PairFacts.Neighbours

  /// The label under which the base remembers that both sides had a solution.
  static func label(_ solution: DealSolution) -> String { "Solution " + LookupKey.solution(identifier: solution.id) }

  /// The label under which the base remembers that both sides had a contact.
  static func label(_ contact: CustomerContact) -> String { "Contact " + contact.key }

  /// The label under which the base remembers that both sides' teams had a member.
  static func memberLabel(_ member: CustomerContact) -> String { "Team " + member.key }

  /// What the base remembers of an element that both sides have.
  static let present = "yes"

  /// Why a contact cannot be attached to an opportunity; nil when it can (R50).
  func obstacle(_ contact: CustomerContact) -> String? {
    let shown = contact.email.isEmpty ? contact.firstName : contact.email
    if contact.lastName.isEmpty { return "the contact \(shown) has no last name and is left out" }
    return matches(contact).count > 1 ? "several contacts have the address \(shown): none is attached" : nil
  }

  /// Why a solution cannot be attached to an opportunity; nil when it can (R94).
  func obstacle(_ solution: DealSolution) -> String? {
    matches(solution).count > 1 ? "the catalogue holds \(solution.id) several times: the solution is left out" : nil
  }

  /// Contacts that share the address of another one, a sentence each: for Salesforce they are one.
  func twins(_ contacts: [CustomerContact]) -> [String] {
    let kept = Set(contacts.once(by: Self.label).map(\.shown))
    return contacts.filter { !$0.key.isEmpty && !kept.contains($0.shown) }
      .map { "\($0.shown) shares the address of another contact and is left out" }
  }

  /// The contacts that can be attached, each once; the first of them is primary where the opportunity has no such contact
  /// yet.
  func attachable(_ contacts: [CustomerContact], besides attached: [CustomerContact]) -> [CustomerContact] {
    var needsPrimary = !attached.contains(where: \.isPrimary)
    return contacts.once(by: Self.label).filter { obstacle($0) == nil }.map { contact in
      var contact = contact
      contact.isPrimary = needsPrimary && !attached.contains { $0.key == contact.key }
      if contact.isPrimary { needsPrimary = false }
      return contact
    }
  }

  /// The row that attaches a contact: the one of that address, or a new one (R50).
  func row(_ contact: CustomerContact) -> Change {
    var fields = [
      ("FirstName", contact.firstName), ("LastName", contact.lastName), ("Phone", contact.phone),
      ("Email", contact.email),
    ].filter { !$0.1.isEmpty }.map { FieldWrite($0.0, JSONValue.string($0.1).text) }
    fields += mapping.defaults(for: .contact, besides: fields)
    let shown = contact.shown
    return Change(
      .addContact, .toSalesforce, field: Self.label(contact), values: Change.Values(partnerCenter: shown, new: shown),
      because: Change.Grounds(.contactOfReferral, rule: "R50", "a contact of the customer in the referral"),
      effect: .addContact(
        ContactDraft(existing: matches(contact).first?.id, fields: fields, isPrimary: contact.isPrimary)),
      settles: [Self.label(contact): Self.present])
  }

  /// The row that adds a solution line: for the catalogue's row, or with a new one (R51).
  func row(_ solution: DealSolution) -> Change {
    let fields = [
      ("Name", solution.name.isEmpty ? solution.id : solution.name), ("Solution_Identifier__c", solution.id),
      ("Type__c", solution.type.isEmpty ? "3P" : solution.type), ("Publisher_Name__c", solution.publisher),
    ].filter { !$0.1.isEmpty }.map { FieldWrite($0.0, JSONValue.string($0.1).text) }
    return Change(
      .addSolution, .toSalesforce, field: Self.label(solution),
      values: Change.Values(partnerCenter: solution.shown, new: solution.shown),
      because: Change.Grounds(.solutionOfReferral, rule: "R51", "a solution of the referral"),
      effect: .addSolution(SolutionDraft(existing: matches(solution).first?.id, fields: fields)),
      settles: [Self.label(solution): Self.present])
  }

  /// The row by which a user of the org joins the opportunity's team; nil unless just one user has the address (R91, R92).
  func memberRow(_ member: CustomerContact) -> Change? {
    let users = member.email.isEmpty ? [] : neighbours.users[LookupKey.contact(email: member.email)] ?? []
    // Nobody is let see a deal on a guess.
    guard let user = users.first, users.count == 1 else { return nil }
    return Change(
      .addTeamMember, .toSalesforce, field: Self.memberLabel(member),
      values: Change.Values(partnerCenter: member.shown, new: member.shown),
      because: Change.Grounds(.teamMember, rule: "R91", "a member of the referral's team"),
      effect: .addTeamMember(user: user.id), settles: [Self.memberLabel(member): Self.present])
  }

  private func matches(_ contact: CustomerContact) -> [Record] {
    contact.email.isEmpty ? [] : neighbours.contacts[LookupKey.contact(email: contact.email)] ?? []
  }

  private func matches(_ solution: DealSolution) -> [Record] {
    neighbours.solutions[LookupKey.solution(identifier: solution.id)] ?? []
  }
}

extension [DealSolution] {
  /// Each solution once, as it stands first.
  func once(by label: (DealSolution) -> String) -> [DealSolution] {
    var seen: Set<String> = []
    return filter { seen.insert(label($0)).inserted }
  }
}

extension [CustomerContact] {
  /// Each person once, as they stand first.
  func once(by label: (CustomerContact) -> String) -> [CustomerContact] {
    var seen: Set<String> = []
    return filter { seen.insert(label($0)).inserted }
  }
}

extension Mapping {
  /// Values for fields of a new record that nothing else sets (R48).
  func defaults(for object: SalesforceObject, besides writes: [FieldWrite]) -> [FieldWrite] {
    defaults(for: object)
      .filter { value in !writes.contains { $0.name.lowercased() == value.field.lowercased() } }
      .map { FieldWrite($0.field, JSONValue.string($0.value).text) }
  }
}
