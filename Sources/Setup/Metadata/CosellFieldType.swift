/// What a field of the co-sell package holds.
package enum CosellFieldType: Hashable, Sendable {
  /// Off in a new record.
  case checkbox
  case text(length: Int)
  /// An address of at most 255 characters.
  case url
  case longText(length: Int)
  /// Digits in all and behind the point, and the value of a new record.
  case number(digits: Int, decimals: Int, initial: Int?)
  case currency(digits: Int, decimals: Int)
  /// One of these values and no other; each goes with every value of the controlling field.
  case picklist([CosellChoice], controlledBy: String?)
  case lookup(CosellReference)
  /// The record goes with its parent, and cannot be given another one.
  case masterDetail(CosellReference)

  /// A list of values, of which none depends on another field.
  static func list(_ values: [String]) -> CosellFieldType {
    .picklist(values.map { CosellChoice($0) }, controlledBy: nil)
  }
}

/// A value of a list.
package struct CosellChoice: Hashable, Sendable {
  /// What the API calls it.
  package let value: String
  /// What people read.
  package let label: String
  /// Whether a new record has it.
  package let isDefault: Bool

  init(_ value: String, label: String? = nil, isDefault: Bool = false) {
    self.value = value
    self.label = label ?? value
    self.isDefault = isDefault
  }
}

/// A reference to another object.
package struct CosellReference: Hashable, Sendable {
  /// The object.
  package let target: String
  /// The name under which the other object lists these records, without `__r`.
  package let children: String
  /// The title of that list.
  package let listLabel: String
  /// Which records may be chosen; nil for all.
  package var filter: CosellFilter?
  /// Whether a record that is referred to can be deleted.
  package var restrictsDeletion = false

  init(
    to target: String, children: String, listLabel: String, filter: CosellFilter? = nil, restrictsDeletion: Bool = false
  ) {
    self.target = target
    self.children = children
    self.listLabel = listLabel
    self.filter = filter
    self.restrictsDeletion = restrictsDeletion
  }
}

/// Which records a lookup offers: those of which all conditions hold.
package struct CosellFilter: Hashable, Sendable {
  /// One condition: two fields, or a field and a value, are equal.
  package struct Condition: Hashable, Sendable {
    /// A field of the record that is chosen, or by `$Source.` one of the record that it is chosen for.
    package let field: String
    /// The value that it must have, nil where `other` is given.
    package var value: String?
    /// The field that it must be equal to.
    package var other: String?
  }

  /// The conditions, all of which must hold.
  package let conditions: [Condition]
  /// What is said of a record that does not fit; nil for Salesforce's own words.
  package var message: String?
}
