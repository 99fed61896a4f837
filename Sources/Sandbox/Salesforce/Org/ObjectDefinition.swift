/// One object of the org.
struct ObjectDefinition: Sendable {
  let name: String
  let label: String
  let plural: String
  let prefix: String
  let fields: [FieldDefinition]
  /// Whether users may create, change and delete rows through the API.
  var isWritable = true
  /// Why a write is refused although the object can be written: the user's profile does not allow it.
  var isForbidden = false
  private let byName: [String: Int]
  private let byRelationship: [String: Int]

  init(_ name: String, _ label: String, _ plural: String, _ prefix: String, _ own: [FieldDefinition]) {
    self.init(
      name, label, plural, prefix, all: [ObjectDefinition.id, ObjectDefinition.deleted] + own + ObjectDefinition.stamps)
  }

  private init(_ name: String, _ label: String, _ plural: String, _ prefix: String, all: [FieldDefinition]) {
    self.name = name
    self.label = label
    self.plural = plural
    self.prefix = prefix
    fields = all
    byName = Dictionary(
      fields.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    byRelationship = Dictionary(
      fields.enumerated().compactMap { place, field in field.relationship.map { ($0.lowercased(), place) } },
      uniquingKeysWith: { first, _ in first })
  }

  var isCustom: Bool { name.hasSuffix("__c") }

  /// The field of a name, compared without regard to case.
  subscript(field: String) -> FieldDefinition? { byName[field.lowercased()].map { fields[$0] } }

  /// The reference field behind a relationship name such as `Account` or `Solution__r`.
  func reference(_ relationship: String) -> FieldDefinition? {
    byRelationship[relationship.lowercased()].map { fields[$0] }
  }

  /// The same object with other fields.
  func with(_ fields: [FieldDefinition]) -> ObjectDefinition {
    var copy = ObjectDefinition(name, label, plural, prefix, all: fields)
    copy.isWritable = isWritable
    copy.isForbidden = isForbidden
    return copy
  }

  func readOnly() -> ObjectDefinition {
    var copy = self
    copy.isWritable = false
    return copy
  }

  private static let id = FieldDefinition(
    name: "Id", label: "Record ID", type: .id, length: 18, isNillable: false, isCreateable: false,
    isUpdateable: false, isIdLookup: true)

  private static let deleted = FieldDefinition.checkbox("IsDeleted", "Deleted").readOnly()

  private static let stamps: [FieldDefinition] = [
    .plain("CreatedDate", "Created Date", .datetime).required().readOnly(),
    .parent("CreatedById", "Created By ID", "User", "CreatedBy").required().readOnly(),
    .plain("LastModifiedDate", "Last Modified Date", .datetime).required().readOnly(),
    .parent("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy").required().readOnly(),
    .plain("SystemModstamp", "System Modstamp", .datetime).required().readOnly(),
  ]
}
