/// A difference between the two records of a pair, found by looking at the two alone.
package struct Drift: Hashable, Sendable {
  /// The label of the field; `Stage` for status and stage.
  package let field: String
  /// Both values in the form in which they are compared.
  package let partnerCenter: String
  package let salesforce: String
  /// Why the two may differ for now; nil where nothing explains it.
  package let excuse: String?
}
