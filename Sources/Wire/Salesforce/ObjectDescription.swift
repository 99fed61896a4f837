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
  /// The fields in the service's order.
  package let fields: [Field]

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
    /// The active values of a picklist, as they are stored.
    package let picklistValues: [String]

    /// Whether a record cannot be created without it.
    package var isRequiredOnCreate: Bool { isCreateable && !isNillable && !isDefaultedOnCreate }
  }

  /// The field of a name, in any case; nil when the object has none or the user may not see it.
  package subscript(_ field: String) -> Field? {
    let folded = field.lowercased()
    return fields.first { $0.name.lowercased() == folded }
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
    self.fields = fields.compactMap(Field.init)
  }
}

extension ObjectDescription.Field {
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
    referenceTo = field["referenceTo"]?.arrayValue?.compactMap(\.stringValue) ?? []
    picklistValues =
      field["picklistValues"]?.arrayValue?
      .filter { $0["active"]?.boolValue ?? true }.compactMap { $0["value"]?.stringValue } ?? []
  }
}
