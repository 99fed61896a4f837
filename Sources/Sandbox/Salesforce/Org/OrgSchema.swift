import Foundation

/// The objects of the sandbox org: the standard ones that a co-sell deal touches and those of the Microsoft package.
struct OrgSchema: Sendable {
  let objects: [ObjectDefinition]
  private let byName: [String: Int]
  private let byPrefix: [String: Int]

  private init(_ objects: [ObjectDefinition]) {
    self.objects = objects
    byName = Dictionary(
      objects.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    byPrefix = Dictionary(objects.enumerated().map { ($1.prefix, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The object of an API name, compared without regard to case.
  func object(_ name: String) -> ObjectDefinition? { byName[name.lowercased()].map { objects[$0] } }

  /// The object to which a record id belongs, by its first three characters.
  func object(ofId id: String) -> ObjectDefinition? { byPrefix[String(id.prefix(3))].map { objects[$0] } }

  /// The child object and its reference field behind a name such as `OpportunityContactRoles`.
  func children(
    of parent: ObjectDefinition, named name: String
  ) -> (object: ObjectDefinition, field: FieldDefinition)? {
    for object in objects {
      for field in object.fields
      where field.targets.contains(parent.name) && field.childRelationship?.lowercased() == name.lowercased() {
        return (object, field)
      }
    }
    return nil
  }
}

extension OrgSchema {
  /// Everything that the tables hold, whatever the switches say.
  static let full = OrgSchema(OrgObjects.all)

  static var objects: [ObjectDefinition] { full.objects }

  static func object(_ name: String) -> ObjectDefinition? { full.object(name) }

  static let currencies = OrgObjects.currencies

  private static let lock = NSLock()
  nonisolated(unsafe) private static var made: [OrgShape: OrgSchema] = [:]

  /// The schema of an org that is made in a certain way.
  static func of(_ shape: OrgShape) -> OrgSchema {
    lock.withLock {
      if let schema = made[shape] { return schema }
      let schema = OrgSchema(full.objects.compactMap { shape.seen($0) })
      made[shape] = schema
      return schema
    }
  }
}

extension OrgShape {
  /// An object as an org of this shape has it; nil where it does not.
  fileprivate func seen(_ object: ObjectDefinition) -> ObjectDefinition? {
    let name = object.name.lowercased()
    if hiddenObjects.contains(name) { return nil }
    if object.name == "CurrencyType" && !isMultiCurrency { return nil }
    if object.name == "OpportunityTeamMember" && !hasTeams { return nil }
    var seen = object.with(object.fields.compactMap { self.seen($0, of: object) })
    if readOnlyObjects.contains(name) { seen.isForbidden = true }
    return seen
  }

  private func seen(_ field: FieldDefinition, of object: ObjectDefinition) -> FieldDefinition? {
    if hiddenFields.contains("\(object.name).\(field.name)".lowercased()) { return nil }
    if field.name == "CurrencyIsoCode" && !isMultiCurrency { return nil }
    if OrgObjects.isAddressCode(field.name) && !hasStatePicklists { return nil }
    if !field.parts.isEmpty && !hasStatePicklists {
      var plain = field
      plain.parts.removeAll { OrgObjects.isAddressCode($0.field) }
      return plain
    }
    switch field.name {
    case "How_can_Microsoft_help__c" where hasOldHelpWording:
      return field.listing(OpportunityPackageFields.oldHelp)
    case "Referral_Identifier__c" where hasUniqueReferral && object.name == "Opportunity": return field.unique()
    default: return field
    }
  }
}
