import Foundation
import Model
import Testing
import Transform

@testable import Setup

@Suite("The co-sell package for Salesforce")
struct MetadataPackageTests {
  static var starter: Mapping { get throws { try MappingFiles([:]).mapping().get() } }

  static func mapping(_ files: [String: String]) throws -> Mapping {
    try MappingFiles(files.mapValues { Array($0.utf8) }).mapping().get()
  }

  static let root = "force-app/main/default"

  @Test("Every file is well formed, and the same mapping gives the same bytes")
  func wellFormed() throws {
    let package = MetadataPackage(try Self.starter)
    #expect(package.files == MetadataPackage(try Self.starter).files)
    let documents = package.files.filter { $0.key.hasSuffix(".xml") }
    #expect(documents.count == 1 + 5 + CosellField.all.count + 1)
    for (path, text) in documents {
      #expect(try !TinyReader.read(text).isEmpty, "\(path)")
      #expect(text.hasSuffix(">\n") && !text.contains("\r"), "\(path)")
    }
    let project = try #require(package.files["sfdx-project.json"])
    #expect(try JSONSerialization.jsonObject(with: Data(project.utf8)) is [String: Any])
  }

  @Test("Every custom field of the starter mapping is in it, and in the permission set as it is written")
  func coversStarter() throws {
    let mapping = try Self.starter
    let files = MetadataPackage(mapping).files
    let rights = IntegrationRights(mapping).fields
    var count = 0
    for rule in mapping.fields {
      guard let field = rule.salesforceField, field.name.hasSuffix("__c") else { continue }
      count += 1
      #expect(
        files["\(Self.root)/objects/\(field.object.rawValue)/fields/\(field.name).field-meta.xml"] != nil, "\(field)")
      let right = rights.first { $0.field == "\(field)" }
      #expect(right?.isWritten == (rule.toSalesforce != .never), "\(field)")
    }
    #expect(count == 7)
  }

  @Test("The manifest names every field, object and the permission set, and nothing else")
  func manifest() throws {
    let package = MetadataPackage(try Self.starter)
    let lines = try TinyReader.read(try #require(package.files["manifest/package.xml"]))
    let members = lines.filter { $0.hasPrefix("Package/types/members: ") }.map { $0.dropFirst(23) }
    let fields = package.files.keys.filter { $0.hasSuffix(".field-meta.xml") }.map { path in
      let parts = path.split(separator: "/")
      return "\(parts[4]).\(parts[6].dropLast(".field-meta.xml".count))"
    }
    let objects = package.files.keys.filter { $0.hasSuffix(".object-meta.xml") }.map {
      String($0.split(separator: "/")[4])
    }
    #expect(members.map(String.init).sorted() == (fields + objects + ["Cosell_Integration"]).sorted())
  }

  /// Documents that are compared whole.
  static let documents: [(String, [String])] = [
    (
      "Opportunity/fields/Referral_Identifier__c.field-meta.xml",
      [
        "fullName: Referral_Identifier__c", "externalId: true", "label: Referral Identifier", "length: 100",
        "required: false", "type: Text", "unique: false",
      ]
    ),
    (
      "Opportunity/fields/Audit__c.field-meta.xml",
      [
        "fullName: Audit__c", "label: Audit", "length: 100000", "required: false", "type: LongTextArea",
        "visibleLines: 10",
      ]
    ),
    (
      "Opportunity/fields/Sync_With_Partner_Center__c.field-meta.xml",
      [
        "fullName: Sync_With_Partner_Center__c", "defaultValue: false", "label: Sync With Partner Center",
        "type: Checkbox",
      ]
    ),
    (
      "Opportunity/fields/Solution_Play__c.field-meta.xml",
      [
        "fullName: Solution_Play__c", "deleteConstraint: SetNull", "label: Solution Play", "lookupFilter/active: true",
        "lookupFilter/filterItems/field: Solution_Play__c.Active__c", "lookupFilter/filterItems/operation: equals",
        "lookupFilter/filterItems/value: True", "lookupFilter/filterItems/field: Solution_Play__c.Solution_Area__c",
        "lookupFilter/filterItems/operation: equals", "lookupFilter/filterItems/valueField: $Source.Solution_Area__c",
        "lookupFilter/isOptional: false", "referenceTo: Solution_Play__c", "relationshipLabel: Opportunities",
        "relationshipName: Solution_Play_To_Opportunities", "required: false", "type: Lookup",
      ]
    ),
    (
      "Microsoft_Solutions__c/fields/Opportunity__c.field-meta.xml",
      [
        "fullName: Opportunity__c", "label: Opportunity", "referenceTo: Opportunity",
        "relationshipLabel: Microsoft Solutions", "relationshipName: Opportunity_To_Microsoft_Solutions",
        "relationshipOrder: 0", "reparentableMasterDetail: false", "type: MasterDetail",
        "writeRequiresMasterRead: false",
      ]
    ),
    (
      "Opportunity/fields/Customer_purchase_intent__c.field-meta.xml",
      [
        "fullName: Customer_purchase_intent__c", "label: Customer purchase intent", "required: false", "type: Picklist",
        "valueSet/controllingField: Co_sell_Type__c", "valueSet/restricted: true",
        "valueSet/valueSetDefinition/sorted: false",
        "valueSet/valueSetDefinition/value/fullName: Yes", "valueSet/valueSetDefinition/value/default: false",
        "valueSet/valueSetDefinition/value/label: Yes", "valueSet/valueSetDefinition/value/fullName: No",
        "valueSet/valueSetDefinition/value/default: false", "valueSet/valueSetDefinition/value/label: No",
        "valueSet/valueSetDefinition/value/fullName: HaveNotDecided",
        "valueSet/valueSetDefinition/value/default: false",
        "valueSet/valueSetDefinition/value/label: Have not decided",
        "valueSet/valueSettings/controllingFieldValue: IP Co-sell",
        "valueSet/valueSettings/controllingFieldValue: Services Co-sell", "valueSet/valueSettings/valueName: Yes",
        "valueSet/valueSettings/controllingFieldValue: IP Co-sell",
        "valueSet/valueSettings/controllingFieldValue: Services Co-sell", "valueSet/valueSettings/valueName: No",
        "valueSet/valueSettings/controllingFieldValue: IP Co-sell",
        "valueSet/valueSettings/controllingFieldValue: Services Co-sell",
        "valueSet/valueSettings/valueName: HaveNotDecided",
      ]
    ),
  ]

  @Test("Fields are described in Salesforce's words", arguments: documents)
  func field(path: String, lines: [String]) throws {
    let text = try #require(MetadataPackage(try Self.starter).files["\(Self.root)/objects/\(path)"])
    #expect(try TinyReader.read(text) == lines.map { "CustomField/" + $0 })
    #expect(text.contains(#"<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">"#))
  }

  @Test("Solution lines are counted, shared as their opportunity, and open to the Bulk API")
  func lines() throws {
    let name = "Microsoft_Solutions__c"
    let text = try #require(
      MetadataPackage(try Self.starter).files["\(Self.root)/objects/\(name)/\(name).object-meta.xml"])
    let lines = try TinyReader.read(text)
    for line in [
      "nameField/displayFormat: {MM}{DD}{YY}-{0}", "nameField/type: AutoNumber", "enableBulkApi: true",
      "sharingModel: ControlledByParent", "pluralLabel: Microsoft Solutions",
    ] {
      #expect(lines.contains("CustomObject/" + line), "\(line)")
    }
  }
}
