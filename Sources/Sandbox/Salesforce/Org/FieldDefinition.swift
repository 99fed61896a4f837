/// One field of an object of the org: what describe says about it and what a write is checked against.
struct FieldDefinition: Sendable {
  let name: String
  let label: String
  let type: FieldType
  var length = 0
  var precision = 0
  var scale = 0
  var isNillable = true
  var isCreateable = true
  var isUpdateable = true
  /// The value of a new row that does not name the field; with it, even a field that is not nillable may be left out.
  var defaultValue: JSONValue?
  var isExternalId = false
  var isIdLookup = false
  var isNameField = false
  var isRestricted = false
  var isUnique = false
  var isCascading = false
  var values: [String] = []
  /// The objects whose rows a reference may name; several for a polymorphic one.
  var targets: [String] = []
  var relationship: String?
  /// The name under which the parent lists these rows.
  var childRelationship: String?
  /// The parts of a compound: what JSON calls each, and the field that holds it.
  var parts: [(key: String, field: String)] = []

  var isCustom: Bool { name.hasSuffix("__c") }

  /// The one object that a reference names; nil for a polymorphic one.
  var target: String? { targets.count == 1 ? targets[0] : nil }

  /// Whether the field has a column of its own.
  var isStored: Bool { type != .address }

  /// R48: a field that must be given when a row is created.
  var isRequired: Bool { isCreateable && !isNillable && defaultValue == nil }

  static func text(_ name: String, _ label: String, _ length: Int, _ type: FieldType = .string) -> FieldDefinition {
    FieldDefinition(name: name, label: label, type: type, length: length)
  }

  static func number(
    _ name: String, _ label: String, _ type: FieldType, _ precision: Int, _ scale: Int
  ) -> FieldDefinition {
    FieldDefinition(name: name, label: label, type: type, precision: precision, scale: scale)
  }

  static func plain(_ name: String, _ label: String, _ type: FieldType) -> FieldDefinition {
    FieldDefinition(name: name, label: label, type: type)
  }

  static func checkbox(_ name: String, _ label: String, _ value: Bool = false) -> FieldDefinition {
    FieldDefinition(name: name, label: label, type: .boolean, isNillable: false, defaultValue: .bool(value))
  }

  static func list(_ name: String, _ label: String, _ values: [String], restricted: Bool = true) -> FieldDefinition {
    FieldDefinition(
      name: name, label: label, type: .picklist, length: 255, isRestricted: restricted, values: values)
  }

  static func parent(
    _ name: String, _ label: String, _ target: String, _ relationship: String, children: String? = nil
  ) -> FieldDefinition {
    FieldDefinition(
      name: name, label: label, type: .reference, length: 18, targets: [target], relationship: relationship,
      childRelationship: children)
  }

  /// A reference to rows of several objects.
  static func anyParent(
    _ name: String, _ label: String, _ targets: [String], children: String
  ) -> FieldDefinition {
    FieldDefinition(
      name: name, label: label, type: .reference, length: 18, targets: targets, childRelationship: children)
  }

  /// A list of which several values may be chosen at once.
  static func multiList(_ name: String, _ label: String, _ values: [String]) -> FieldDefinition {
    FieldDefinition(name: name, label: label, type: .multipicklist, length: 4099, isRestricted: true, values: values)
  }

  /// Needed on create.
  func required() -> FieldDefinition { changed { $0.isNillable = false } }

  /// Kept by the org itself: neither created nor updated through the API.
  func readOnly() -> FieldDefinition {
    changed {
      $0.isCreateable = false
      $0.isUpdateable = false
    }
  }

  /// Settable on create, never afterwards.
  func createOnly() -> FieldDefinition { changed { $0.isUpdateable = false } }

  func externalId() -> FieldDefinition {
    changed {
      $0.isExternalId = true
      $0.isIdLookup = true
    }
  }

  func idLookup() -> FieldDefinition { changed { $0.isIdLookup = true } }

  func named() -> FieldDefinition { changed { $0.isNameField = true } }

  func cascading() -> FieldDefinition { changed { $0.isCascading = true } }

  func unique() -> FieldDefinition { changed { $0.isUnique = true } }

  /// The same list with other values.
  func listing(_ values: [String]) -> FieldDefinition { changed { $0.values = values } }

  func defaulting(_ value: JSONValue) -> FieldDefinition { changed { $0.defaultValue = value } }

  private func changed(_ change: (inout FieldDefinition) -> Void) -> FieldDefinition {
    var copy = self
    change(&copy)
    return copy
  }
}
