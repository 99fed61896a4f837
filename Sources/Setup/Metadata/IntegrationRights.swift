import Model
package import Transform

/// What the integration user needs in Salesforce for a mapping: no right more than the program makes use of.
package struct IntegrationRights: Hashable, Sendable {
  /// What may be done with the records of an object; all may be read.
  package struct ObjectRight: Hashable, Sendable {
    /// The object.
    package let object: String
    /// Whether records are created.
    package var creates = false
    /// Whether records are changed.
    package var edits = false
    /// Whether records are deleted.
    package var deletes = false
    /// Whether all records are seen, whoever owns them: a list that is not whole would look as if the rest were gone.
    package var seesAll = true
  }

  /// What may be done with a field.
  package struct FieldRight: Hashable, Sendable {
    /// The field with its object in front.
    package let field: String
    /// Whether it is written; else it is read alone.
    package let isWritten: Bool
  }

  /// The objects, by name.
  package let objects: [ObjectRight]
  /// The fields, by name; those that every user may read and write, or that no right is given for, are left out.
  package let fields: [FieldRight]

  /// The rights that a mapping needs.
  package init(_ mapping: Mapping) {
    var written: [String: Bool] = [:]
    func add(_ object: SalesforceObject, _ name: String, isWritten: Bool) {
      guard let field = Self.field(object, name) else { return }
      written[field] = written[field, default: false] || isWritten
    }
    for rule in mapping.fields {
      guard let field = rule.salesforceField else { continue }
      add(field.object, field.name, isWritten: rule.toSalesforce != .never)
    }
    for value in mapping.defaults { add(value.object, value.field, isWritten: true) }
    // What belongs to a deal whatever the mapping says: the customer and its people.
    add(.opportunity, "AccountId", isWritten: true)
    add(.account, "BillingPostalCode", isWritten: false)
    for name in ["AccountId", "Email", "Phone"] { add(.contact, name, isWritten: true) }
    if mapping.settings.makesLeads {
      for name in Self.leadFields { add(.lead, name, isWritten: true) }
    }
    for name in Self.catalogueFields { written[name] = true }
    fields = written.map { FieldRight(field: $0.key, isWritten: $0.value) }.sorted { $0.field < $1.field }
    objects = Self.objects(mapping).sorted { $0.object < $1.object }
  }

  private static func objects(_ mapping: Mapping) -> [ObjectRight] {
    let editsAccounts = mapping.fields.contains { rule in
      guard rule.salesforceField?.object == .account else { return false }
      return switch rule.toSalesforce {
      case .always, .raise: true
      case .create, .never: false
      }
    }
    let removesLines = mapping.settings.syncSolutions.goes(.toSalesforce)
    var objects = [
      ObjectRight(object: "Opportunity", creates: true, edits: true),
      ObjectRight(object: "Account", creates: true, edits: editsAccounts),
      ObjectRight(object: "Contact", creates: true),
      ObjectRight(object: "Microsoft_Solution_Detail__c", creates: true),
      // Whoever may delete must be let edit; what is seen of the lines follows their opportunity.
      ObjectRight(
        object: "Microsoft_Solutions__c", creates: true, edits: removesLines, deletes: removesLines, seesAll: false),
    ]
    if mapping.settings.makesLeads { objects.append(ObjectRight(object: "Lead", creates: true)) }
    return objects
  }

  /// The fields of a lead that a referral fills; its names and its company go with the right to create it.
  private static let leadFields = [
    "Email", "Phone", "Street", "City", "State", "PostalCode", "Country", "Description", "Referral_Identifier__c",
    "Referral_Link__c", "Sync_With_Partner_Center__c",
  ]

  /// The fields of the catalogue of solutions that can be left empty; the others go with the right to create a row.
  private static let catalogueFields = [
    "Microsoft_Solution_Detail__c.Publisher_Name__c", "Microsoft_Solution_Detail__c.Type__c",
  ]

  /// A field as a right names it; nil for one that Salesforce gives no right for.
  private static func field(_ object: SalesforceObject, _ name: String) -> String? {
    switch object {
    case .owner, .note: return nil
    case .opportunity, .account, .contact, .lead: break
    }
    guard !withoutRight.contains(name.lowercased()), !(object == .lead && name.lowercased() == "company") else {
      return nil
    }
    return "\(object.rawValue).\(compound(object, name) ?? name)"
  }

  /// The compound of an address that a field is a part of: rights are given for the whole.
  private static func compound(_ object: SalesforceObject, _ name: String) -> String? {
    let parts = ["street", "city", "state", "postalcode", "country", "statecode", "countrycode"]
    let prefixes =
      switch object {
      case .account: ["Billing", "Shipping"]
      case .contact: ["Mailing", "Other"]
      case .lead: [""]
      case .opportunity, .owner, .note: [String]()
      }
    for prefix in prefixes where parts.contains(where: { name.lowercased() == prefix.lowercased() + $0 }) {
      return prefix + "Address"
    }
    return nil
  }

  /// Standard fields that are required or the platform's own, in lower case: a permission set that names one cannot be
  /// deployed.
  private static let withoutRight: Set<String> = [
    "id", "name", "firstname", "lastname", "stagename", "closedate", "ownerid", "currencyisocode", "status",
    "isclosed", "iswon", "isdeleted", "forecastcategory", "forecastcategoryname", "hasopportunitylineitem",
    "recordtypeid", "createddate", "createdbyid", "lastmodifieddate", "lastmodifiedbyid", "systemmodstamp",
  ]
}
