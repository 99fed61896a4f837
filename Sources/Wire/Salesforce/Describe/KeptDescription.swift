import JSON

/// A description of an object as an earlier run has kept it.
package struct KeptDescription: Sendable {
  /// When Salesforce says that it last changed, in the form in which the service is asked whether it still holds.
  let lastModified: String
  let description: ObjectDescription

  /// The description in a document; nil when the document or its time is damaged.
  package init?(lastModified: String, document: [UInt8]) {
    guard !lastModified.isEmpty, lastModified.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }),
      let value = try? JSONValue(parsing: document), let description = ObjectDescription(value)
    else { return nil }
    self.lastModified = lastModified
    self.description = description
  }
}
