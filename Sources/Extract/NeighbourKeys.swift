/// What the neighbours of some deals are looked for by, each key once and in lower case.
package struct NeighbourKeys: Sendable, Hashable {
  /// The names of customers.
  package var accounts: [String] = []
  /// The e-mail addresses of their contacts.
  package var contacts: [String] = []
  /// The identifiers of solutions.
  package var solutions: [String] = []
  /// The e-mail addresses of members of teams.
  package var users: [String] = []
  /// The referrals for which there may be leads.
  package var referrals: [String] = []

  /// Nothing to look for.
  package init() {}
}
