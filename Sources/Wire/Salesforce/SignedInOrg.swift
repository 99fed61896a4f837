/// Whom a sign-in let in to Salesforce, and where.
package struct SignedInOrg: Sendable, Hashable {
  /// The name of the org; empty where the user may not see it.
  package let name: String
  /// The org's id.
  package let id: String
  /// Whether it is a sandbox.
  package let isSandbox: Bool
  /// The name that the user signs in with.
  package let username: String
  /// The address under which the org serves.
  package let instanceURL: String
  /// The versions of the API that the org has, oldest first.
  package let versions: [String]
}
