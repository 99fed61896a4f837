/// What an org itself says of its fields, as far as a mapping depends on it.
///
/// Fields that the user may not see are missing.
package struct OrgFields: Sendable, Hashable {
  /// One field.
  package struct Field: Sendable, Hashable {
    /// The API name as the org spells it.
    package let name: String
    /// Whether values outside the list are refused.
    package let isRestricted: Bool
    /// The active values of a picklist; empty for another type.
    package let values: [Choice]

    /// A field and the values of its picklist.
    package init(_ name: String, isRestricted: Bool = false, values: [Choice] = []) {
      self.name = name
      self.isRestricted = isRestricted
      self.values = values
    }

    /// The org's own spelling of a value, found without regard to case; nil when the list lacks it.
    package func spelling(of value: String) -> String? {
      let folded = value.lowercased()
      return values.first { $0.value.lowercased() == folded }?.value
    }
  }

  /// One value of a picklist.
  package struct Choice: Sendable, Hashable {
    /// What is stored.
    package let value: String
    /// What users see; often the same.
    package let label: String

    /// A value and what users see of it.
    package init(value: String, label: String) {
      self.value = value
      self.label = label
    }
  }

  private var fields: [String: Field] = [:]

  /// Knows no object yet.
  package init() {}

  /// Learns the fields of an object.
  package mutating func add(_ object: String, _ list: [Field]) {
    for field in list { fields[Self.key(object, field.name)] = field }
  }

  /// The field of an object, both found without regard to case; nil when the org has none or hides it.
  package subscript(object: String, field: String) -> Field? { fields[Self.key(object, field)] }

  private static func key(_ object: String, _ field: String) -> String { "\(object).\(field)".lowercased() }
}
