import Foundation
import JSON
import Sandbox
import Testing

@testable import Setup

/// The table of fields against an org that has Microsoft's package, as that org describes itself.
@Suite("The co-sell fields as an org has them")
struct OrgComparisonTests {
  /// The descriptions of the package's objects by an org that knows nothing of our table.
  static let described: Result<[String: JSONValue], any Error> = Result {
    let sandbox = try LocalSandbox(seed: 1)
    let form = [
      "grant_type=client_credentials", "client_id=\(sandbox.credentials["salesforce.client_id"] ?? "")",
      "client_secret=\(sandbox.credentials["salesforce.client_secret"] ?? "")",
    ].joined(separator: "&")
    let answer = try sandbox.answer("POST", "/services/oauth2/token", body: Array(form.utf8))
    let token = try JSONValue(parsing: answer.body)["access_token"]?.stringValue ?? ""
    let names = Set(CosellField.all.map(\.object)).union(CosellObject.all.map(\.name))
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let answer = try sandbox.answer(
          "GET", "/services/data/v62.0/sobjects/\(name)/describe",
          headers: [(name: "Authorization", value: "Bearer \(token)")])
        return (name, try JSONValue(parsing: answer.body))
      })
  }

  /// What describe says of each custom field.
  static func fieldsOfOrg(_ object: String) throws -> [String] {
    let fields = try described.get()[object]?["fields"]?.arrayValue ?? []
    return fields.filter { $0["custom"]?.boolValue == true }.map { field in
      func text(_ name: String) -> String { field[name]?.stringValue ?? field[name]?.numberText ?? "" }
      func flag(_ name: String) -> Bool { field[name]?.boolValue ?? false }
      let choices = (field["picklistValues"]?.arrayValue ?? []).map { choice in
        let mark = choice["defaultValue"]?.boolValue == true ? "*" : ""
        return "\(choice["value"]?.stringValue ?? "")=\(choice["label"]?.stringValue ?? "")\(mark)"
      }
      let targets = (field["referenceTo"]?.arrayValue ?? []).compactMap(\.stringValue)
      return line(
        name: text("name"), label: text("label"), type: text("type"),
        sizes: [text("length"), text("precision"), text("scale")],
        flags: [
          "externalId": flag("externalId"), "unique": flag("unique"), "nillable": flag("nillable"),
          "restricted": flag("restrictedPicklist"), "updateable": flag("updateable"),
        ], rest: choices + targets + [text("controllerName")])
    }.sorted()
  }

  /// The same of our table.
  static func fieldsOfTable(_ object: String) -> [String] {
    CosellField.all.filter { $0.object == object }.map { field in
      var sizes = ["0", "0", "0"]
      var rest: [String] = []
      var controller = ""
      var (isNillable, isUpdateable, isRestricted) = (!field.isRequired, true, false)
      let type: String
      switch field.type {
      case .checkbox:
        type = "boolean"
        isNillable = false
      case .text(let length): (type, sizes[0]) = ("string", "\(length)")
      case .url: (type, sizes[0]) = ("url", "255")
      case .longText(let length): (type, sizes[0]) = ("textarea", "\(length)")
      case .number(let digits, let decimals, _): (type, sizes) = ("double", ["0", "\(digits)", "\(decimals)"])
      case .currency(let digits, let decimals): (type, sizes) = ("currency", ["0", "\(digits)", "\(decimals)"])
      case .picklist(let choices, let controlledBy):
        (type, sizes[0], isRestricted, controller) = ("picklist", "255", true, controlledBy ?? "")
        rest = choices.map { "\($0.value)=\($0.label)\($0.isDefault ? "*" : "")" }
      case .lookup(let reference): (type, sizes[0], rest) = ("reference", "18", [reference.target])
      case .masterDetail(let reference):
        (type, sizes[0], rest) = ("reference", "18", [reference.target])
        (isNillable, isUpdateable) = (false, false)
      }
      return line(
        name: field.name, label: field.label, type: type, sizes: sizes,
        flags: [
          "externalId": field.isExternalID, "unique": field.isUnique, "nillable": isNillable,
          "restricted": isRestricted, "updateable": isUpdateable,
        ], rest: rest + [controller])
    }.sorted()
  }

  private static func line(
    name: String, label: String, type: String, sizes: [String], flags: [String: Bool], rest: [String]
  ) -> String {
    let set = flags.filter(\.value).map(\.key).sorted().joined(separator: ",")
    return "\(name) \"\(label)\" \(type)(\(sizes.joined(separator: ","))) [\(set)] \(rest.joined(separator: ";"))"
  }

  @Test(
    "Name, label, type, sizes, flags, values and targets of every field are the org's, and none is missing",
    arguments: ["Opportunity", "Lead"] + CosellObject.all.map(\.name))
  func fields(object: String) throws {
    let org = try Self.fieldsOfOrg(object)
    #expect(!org.isEmpty)
    #expect(Self.fieldsOfTable(object) == org)
  }

  @Test("Labels and names of the objects are the org's", arguments: CosellObject.all.map(\.name))
  func objects(name: String) throws {
    let object = try #require(CosellObject.all.first { $0.name == name })
    let described = try #require(try Self.described.get()[name])
    #expect(described["label"]?.stringValue == object.label)
    #expect(described["labelPlural"]?.stringValue == object.plural)
    let nameField = described["fields"]?.arrayValue?.first { $0["nameField"]?.boolValue == true }
    #expect(nameField?["label"]?.stringValue == object.nameLabel)
    let isCounted = if case .counted = object.naming { true } else { false }
    #expect(nameField?["autoNumber"]?.boolValue == isCounted)
  }

  @Test("The lists of a parent's records have the org's names, where the org names them")
  func relationships() throws {
    var compared = 0
    for field in CosellField.all {
      guard case .lookup(let reference) = field.type.asLookup else { continue }
      let children = try Self.described.get()[reference.target]?["childRelationships"]?.arrayValue ?? []
      let own = children.first { child in
        child["childSObject"]?.stringValue == field.object && child["field"]?.stringValue == field.name
      }
      guard let name = own?["relationshipName"]?.stringValue else { continue }
      compared += 1
      #expect(name.replacing("__r", with: "") == reference.children)
      #expect(own?["restrictedDelete"]?.boolValue == reference.restrictsDeletion)
    }
    #expect(compared == 5)
  }
}

extension CosellFieldType {
  /// A master-detail as the lookup that it also is.
  fileprivate var asLookup: CosellFieldType {
    if case .masterDetail(let reference) = self { .lookup(reference) } else { self }
  }
}
