/// One row of `defaults.csv`: what a new record gets where Partner Center gives nothing (R48).
package struct DefaultValue: Hashable, Sendable {
  /// The object that is created.
  package let object: SalesforceObject
  /// The API name of the field.
  package let field: String
  /// The text that is written.
  package let value: String
  /// The line in `defaults.csv`, from 1.
  package let line: Int
}
