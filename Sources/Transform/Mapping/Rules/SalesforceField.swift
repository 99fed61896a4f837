/// A field of Salesforce by its API name (R88): `Opportunity.Amount`, `Account.BillingCountry`.
package struct SalesforceField: Hashable, Sendable, CustomStringConvertible {
  /// The object.
  package let object: SalesforceObject
  /// The API name of the field.
  package let name: String

  /// A field of an object; the name must be an API name.
  package init(_ object: SalesforceObject, _ name: String) {
    self.object = object
    self.name = name
  }

  package var description: String { "\(object.rawValue).\(name)" }

  /// The column of an opportunity's record: `Amount`, but `Account.BillingCountry`.
  package var column: String {
    switch object {
    case .opportunity: name
    case .account, .owner, .contact, .lead, .note: description
    }
  }

  /// Whether Salesforce or another object owns it, so that it can only be read.
  package var isReadOnly: Bool {
    object == .owner || name.lowercased() == "id"
  }

  /// The key under which two spellings of one field are the same: Salesforce ignores case.
  var key: String { description.lowercased() }

  /// Whether a text can be the API name of a field: ASCII letters, digits and underscores, a letter first.
  ///
  /// This is also what keeps a mapping file from writing into a query.
  static func isAPIName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 80, text.utf8.last != 0x5F else {
      return false
    }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
