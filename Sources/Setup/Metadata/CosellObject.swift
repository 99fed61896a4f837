/// An object that Microsoft's co-sell package brings.
package struct CosellObject: Hashable, Sendable {
  /// What the name of a record is.
  package enum Naming: Hashable, Sendable {
    /// A text that people write.
    case text
    /// A number that Salesforce counts, in this form.
    case counted(String)
  }

  /// Its API name.
  package let name: String
  /// What people read.
  package let label: String
  /// The same for several.
  package let plural: String
  /// What a record's name is called.
  package let nameLabel: String
  /// What a record's name is.
  package let naming: Naming
  /// Whether whoever may see the parent may see these records.
  package var followsParent = false
}

extension CosellObject {
  /// All objects of the package, those first that others refer to.
  package static let all: [CosellObject] = [
    CosellObject(
      name: "Microsoft_Solution_Detail__c", label: "Microsoft Solution Detail", plural: "Microsoft Solution Details",
      nameLabel: "Solution Name", naming: .text),
    CosellObject(
      name: "Microsoft_Solutions__c", label: "Microsoft Solutions", plural: "Microsoft Solutions",
      nameLabel: "Solution Line Item", naming: .counted("{MM}{DD}{YY}-{0}"), followsParent: true),
    plain("Partner_Role__c", "Partner Role"), plain("Solution_Area__c", "Solution Area"),
    plain("Solution_Play__c", "Solution Play"),
  ]

  private static func plain(_ name: String, _ label: String) -> CosellObject {
    CosellObject(name: name, label: label, plural: label + "s", nameLabel: label, naming: .text)
  }
}
