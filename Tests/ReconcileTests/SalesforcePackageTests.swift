import Foundation
import JSON
import Testing

/// `salesforce package`: the files, and whether the rights in them are those that an `apply` makes use of.
@Suite("The package for Salesforce")
struct SalesforcePackageTests {
  @Test("It is written into a new folder, and never into one that holds something")
  func written() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let result = try bench.reconcile("salesforce", "package", "fields")
    #expect(result.status == 0 && result.err == "Next: fields/README.md says how to deploy it.\n", "\(result)")
    #expect(result.lines.count == 38)
    for name in result.lines {
      #expect(FileManager.default.fileExists(atPath: bench.path("fields/" + name).path), "\(name)")
    }
    let again = try bench.reconcile("salesforce", "package", "fields")
    #expect(again.status == 64 && again.out.isEmpty)
    #expect(
      again.err == """
        reconcile: E119: \(bench.path("fields").path) is not empty: it holds README.md
          fix: name an empty or a new folder

        """)
    let json = try bench.reconcile("salesforce", "package", "other", "--json")
    #expect(json.lines[0] == #"{"message_type":"file","path":"README.md"}"#)
    #expect(try bench.sandbox.log().isEmpty)
  }

  @Test("A folder that cannot be made is told, and a mapping with mistakes, too")
  func refused() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let file = try bench.reconcile("salesforce", "package", "reconcile.yaml/fields")
    #expect(file.status == 64 && file.err.hasPrefix("reconcile: E119: the package cannot be written to"), "\(file)")
    try bench.write("setting,default_value,current_value,description\nno such,a,b,c\n", to: "mappings/settings.csv")
    let mapping = try bench.reconcile("salesforce", "package", "fields")
    #expect(mapping.status == 65 && !FileManager.default.fileExists(atPath: bench.path("fields").path), "\(mapping)")
  }

  @Test("Every custom field and every kind of record that a whole settling writes is in the permission set")
  func rightsSuffice() throws {
    let bench = try Workbench()
    for _ in 0..<2 {
      _ = try bench.reconcile("plan")
      try bench.decideAll()
      _ = try bench.reconcile("apply")
    }
    _ = try bench.reconcile("salesforce", "package", "fields")
    let set = try bench.text(
      "fields/force-app/main/default/permissionsets/Cosell_Integration.permissionset-meta.xml")
    var written: [String: Set<String>] = [:]
    for entry in try bench.sandbox.writes() where entry["side"] == "salesforce" {
      Self.collect(entry["body"], object: Self.object(of: entry["path"]?.stringValue ?? ""), into: &written)
    }
    // Kinds of records that a permission set gives no right for: they follow opportunity, contact and note.
    let free: Set = ["OpportunityContactRole", "OpportunityTeamMember", "ContentNote", "ContentDocumentLink"]
    var compared = 0
    for (object, fields) in written where !free.contains(object) {
      #expect(set.contains("<object>\(object)</object>"), "\(object)")
      for field in fields where field.hasSuffix("__c") && !Self.withoutRight.contains("\(object).\(field)") {
        compared += 1
        let right = "<editable>true</editable>\n        <field>\(object).\(field)</field>"
        #expect(set.contains(right), "\(object).\(field)")
      }
    }
    #expect(Set(written.keys).isSuperset(of: ["Opportunity", "Account", "Contact", "Microsoft_Solutions__c"]))
    #expect(compared > 6, "\(written)")
  }

  /// Required fields and the link to a parent: the right to create the record is the right to write them.
  private static let withoutRight: Set<String> = [
    "Microsoft_Solutions__c.Opportunity__c", "Microsoft_Solutions__c.Solution__c",
    "Microsoft_Solution_Detail__c.Solution_Identifier__c",
  ]

  /// Adds the fields of every record in a body to those of its object.
  private static func collect(_ value: JSONValue?, object: String?, into written: inout [String: Set<String>]) {
    switch value {
    case .array(let elements)?:
      for element in elements { collect(element, object: object, into: &written) }
    case .object(let members)?:
      let own = value?.at("attributes.type")?.stringValue ?? value?["url"]?.stringValue.flatMap(Self.object) ?? object
      if let body = value?["body"], value?["method"] != nil {
        collect(body, object: own, into: &written)
      } else if let parts = value?["compositeRequest"] ?? value?["records"] {
        collect(parts, object: object, into: &written)
      } else if let own {
        written[own, default: []].formUnion(members.map(\.name))
      }
    case .null?, .bool?, .number?, .string?, nil: break
    }
  }

  /// The object that an address names behind `sobjects`.
  private static func object(of path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    guard let place = parts.firstIndex(of: "sobjects"), place + 1 < parts.count else { return nil }
    return parts[place + 1]
  }
}
