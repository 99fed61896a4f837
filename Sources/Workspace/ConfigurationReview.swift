/// A value of a copied configuration that a person has to look at.
package struct ConfigurationReview: Hashable, Sendable, CustomStringConvertible {
  /// The line in the new file.
  package let line: Int
  /// The key: `salesforce.username`.
  package let key: String
  /// What is to be looked at, in a few words.
  ///
  /// A secret's text is never repeated.
  package let advice: String

  /// The place and the advice: `reconcile.yaml:14: salesforce.username: copied; is it production's, too?`.
  package var description: String { "\(ConfigurationFile.name):\(line): \(key): \(advice)" }
}
