package import Model
package import Wire

/// What Salesforce answered.
package struct SalesforceFacts: Sendable {
  /// Whether the sign-in came about.
  package var signIn: Fact<Bool> = .unasked
  /// Whether the org is a sandbox; nil when it does not tell.
  package var isSandbox: Bool?
  /// The versions of the API that it offers.
  package var versions: Fact<[String]> = .unasked
  /// Calls used and allowed in 24 hours; nil when no answer told.
  package var quota: RequestCounter.Limit?
  /// What it says of each object that was asked for, by its name.
  package var objects: [String: Fact<ObjectDescription>] = [:]
  /// The stages of opportunities.
  package var stages: Fact<[OrgFields.Stage]> = .unasked
  /// How many solutions its catalogue holds.
  package var catalogue: Fact<Int> = .unasked
  /// The same objects and stages, as a mapping sees them.
  package var org = OrgFields()

  /// Nothing yet.
  package init() {}
}
