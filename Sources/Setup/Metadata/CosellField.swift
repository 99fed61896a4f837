/// A field that Microsoft's co-sell package brings, under the name read off real orgs.
package struct CosellField: Hashable, Sendable {
  /// The object that it is a field of: `Opportunity`.
  package let object: String
  /// Its API name: `Referral_Identifier__c`.
  package let name: String
  /// What people read beside it.
  package let label: String
  /// What it holds.
  package let type: CosellFieldType
  /// What people read when they point at it; nil for nothing.
  package var help: String?
  /// Whether a record cannot be saved without it.
  package var isRequired = false
  /// Whether records are found by it in imports.
  package var isExternalID = false
  /// Whether two records may not share a value.
  package var isUnique = false

  /// A field of an object.
  init(_ object: String, _ name: String, _ label: String, _ type: CosellFieldType) {
    self.object = object
    self.name = name
    self.label = label
    self.type = type
  }

  /// The same, required.
  var required: CosellField { changed { $0.isRequired = true } }

  /// The same, an external id.
  var externalID: CosellField { changed { $0.isExternalID = true } }

  /// The same with a help text.
  func help(_ text: String) -> CosellField { changed { $0.help = text } }

  private func changed(_ change: (inout CosellField) -> Void) -> CosellField {
    var copy = self
    change(&copy)
    return copy
  }
}
