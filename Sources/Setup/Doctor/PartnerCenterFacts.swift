/// What Partner Center answered.
package struct PartnerCenterFacts: Sendable {
  /// Whether the sign-in came about.
  package var signIn: Fact<Bool> = .unasked
  /// What is seen of the referrals.
  package var referrals: Fact<SeenReferrals> = .unasked

  /// Nothing yet.
  package init() {}

  /// The referrals that the user sees, or the first of them.
  package struct SeenReferrals: Sendable {
    /// How many were looked at.
    package private(set) var count = 0
    /// Whether these are all.
    package var isAll = false
    /// How many belong to each organization, its id in lower case.
    package private(set) var organizations: [String: Int] = [:]
    /// Who is in the team of every one of them; nil before the first.
    private var common: Set<String>?

    /// None yet.
    package init() {}

    /// Looks at one more: its organization's id, and the addresses of its team.
    package mutating func note(organization: String, team: [String]) {
      count += 1
      organizations[organization.lowercased(), default: 0] += 1
      let members = Set(team.map { $0.lowercased() })
      common = common?.intersection(members) ?? members
    }

    /// Whether one person is in the team of every one of them.
    package var haveCommonMember: Bool { !(common ?? []).isEmpty }
  }
}
