import JSON

/// What Salesforce tells about an object.
///
/// Fields that the user may not see are missing.
package struct ObjectDescription: Sendable, Hashable {
  /// The API name.
  package let name: String
  /// The name as users see it.
  package let label: String
  /// Whether the user may create records.
  package let isCreateable: Bool
  /// Whether the user may change records.
  package let isUpdateable: Bool
  /// Whether the user may delete records.
  package let isDeletable: Bool
  /// The fields in the service's order.
  package let fields: [Field]
  /// The objects whose records hang on this one's.
  package let childRelationships: [ChildRelationship]

  /// A field of another object that points to this one.
  package struct ChildRelationship: Sendable, Hashable {
    /// The other object's API name.
    package let childSObject: String
    /// The field of it that points here.
    package let field: String
    /// The name of the relationship in a query; nil where a query cannot follow it.
    package let relationshipName: String?
  }

  /// One value of a picklist.
  package struct Choice: Sendable, Hashable {
    /// What is stored.
    package let value: String
    /// What users see; often the same.
    package let label: String
  }

  /// One field.
  package struct Field: Sendable, Hashable {
    /// The API name.
    package let name: String
    /// The name as users see it.
    package let label: String
    /// Salesforce's type, such as `string`, `picklist`, `currency`.
    package let type: String
    /// Characters that a text may have; 0 for other types.
    package let length: Int
    /// Digits of a number in all.
    package let precision: Int
    /// Digits of a number behind the point.
    package let scale: Int
    /// Whether it may be given when creating.
    package let isCreateable: Bool
    /// Whether it may be changed.
    package let isUpdateable: Bool
    /// Whether it may be empty.
    package let isNillable: Bool
    /// Whether Salesforce fills it in when creating.
    package let isDefaultedOnCreate: Bool
    /// Whether records can be found by it in an upsert.
    package let isExternalID: Bool
    /// Whether no two records may have the same value.
    package let isUnique: Bool
    /// Whether values outside the list are refused.
    package let isRestrictedPicklist: Bool
    /// The objects that a reference may point to.
    package let referenceTo: [String]
    /// The name of a reference in a query, such as `Account` for `AccountId`; nil for other fields.
    package let relationshipName: String?
    /// The active values of a picklist in the list's order.
    package let choices: [Choice]

    /// The active values of a picklist, as they are stored.
    package var picklistValues: [String] { choices.map(\.value) }

    /// Whether a record cannot be created without it.
    package var isRequiredOnCreate: Bool { isCreateable && !isNillable && !isDefaultedOnCreate }
  }

  /// The field of a name, in any case; nil when the object has none or the user may not see it.
  package subscript(_ field: String) -> Field? {
    let folded = field.lowercased()
    return fields.first { $0.name.lowercased() == folded }
  }

  /// The org's own spelling of a picklist value, compared without regard to case.
  ///
  /// Nil when the list is restricted and lacks the value. Where the list is open, or the field is no picklist, it is the
  /// value itself. The values of a multi-select picklist are compared one by one.
  package func spelling(of value: String, in field: String) -> String? {
    guard let field = self[field], !value.isEmpty else { return value }
    switch field.type.lowercased() {
    case "picklist", "combobox": return field.spelling(of: value)
    case "multipicklist":
      let parts = value.split(separator: ";").map { field.spelling(of: String($0)) }
      return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: ";")
    default: return value
    }
  }
}

extension ObjectDescription {
  /// Reads the answer of a describe call; nil when it is none.
  init?(_ document: JSONValue) {
    guard let name = document["name"]?.stringValue, let fields = document["fields"]?.arrayValue else { return nil }
    self.name = name
    label = document["label"]?.stringValue ?? name
    isCreateable = document["createable"]?.boolValue ?? false
    isUpdateable = document["updateable"]?.boolValue ?? false
    isDeletable = document["deletable"]?.boolValue ?? false
    self.fields = fields.compactMap(Field.init)
    childRelationships = (document["childRelationships"]?.arrayValue ?? []).compactMap(ChildRelationship.init)
  }
}

extension ObjectDescription.ChildRelationship {
  fileprivate init?(_ relationship: JSONValue) {
    guard let child = relationship["childSObject"]?.stringValue, let field = relationship["field"]?.stringValue else {
      return nil
    }
    childSObject = child
    self.field = field
    relationshipName = relationship["relationshipName"]?.stringValue
  }
}

extension ObjectDescription.Field {
  /// One value as the list spells it; nil when the list is restricted and lacks it.
  fileprivate func spelling(of value: String) -> String? {
    if picklistValues.contains(value) { return value }
    let folded = value.lowercased()
    return picklistValues.first { $0.lowercased() == folded } ?? (isRestrictedPicklist ? nil : value)
  }

  fileprivate init?(_ field: JSONValue) {
    guard let name = field["name"]?.stringValue, let type = field["type"]?.stringValue else { return nil }
    func flag(_ name: String) -> Bool { field[name]?.boolValue ?? false }
    func number(_ name: String) -> Int { field[name]?.numberText.flatMap { Int($0) } ?? 0 }
    self.name = name
    self.type = type
    label = field["label"]?.stringValue ?? name
    length = number("length")
    precision = number("precision")
    scale = number("scale")
    isCreateable = flag("createable")
    isUpdateable = flag("updateable")
    isNillable = flag("nillable")
    isDefaultedOnCreate = flag("defaultedOnCreate")
    isExternalID = flag("externalId")
    isUnique = flag("unique")
    isRestrictedPicklist = flag("restrictedPicklist")
    relationshipName = field["relationshipName"]?.stringValue
    referenceTo = field["referenceTo"]?.arrayValue?.compactMap(\.stringValue) ?? []
    choices = (field["picklistValues"]?.arrayValue ?? []).compactMap { choice in
      guard choice["active"]?.boolValue ?? true, let value = choice["value"]?.stringValue else { return nil }
      return ObjectDescription.Choice(value: value, label: choice["label"]?.stringValue ?? value)
    }
  }
}
