import JSON
import Model
import Wire

/// Creates one Salesforce record that has no key of its own; whoever calls it has looked before.
struct RecordCreation {
  let journal: ApplyJournal

  /// Creates a record and gives its id.
  func create(_ object: String, _ fields: [FieldWrite]) throws -> Receipt {
    let answer = try journal.context.salesforce.create(object, fields: try fields.members())
    guard let id = answer.recordID else {
      throw Ending.without(.unknown, .outcomeUnknown, "the answer names no new \(object)")
    }
    return Receipt(result: id, status: answer.status, requestID: answer.requestID ?? "")
  }
}

extension RowAnswer {
  /// The id of the record that was written, in 18 characters; nil when the answer does not tell it.
  var recordID: String? { id.flatMap(SalesforceID.normalized) }
}

extension JSONValue {
  /// The id of a Salesforce record, in 18 characters.
  var recordID: String? { self["Id"]?.stringValue.flatMap(SalesforceID.normalized) }
}

extension [FieldWrite] {
  /// A field's text for the name of a claim; one that cannot be read is complained of where it is sent.
  func claimed(_ name: String) -> String { ((try? text(name)) ?? nil) ?? "" }

  /// The text that a field is to get; nil when it gets none.
  func text(_ name: String) throws -> String? {
    guard let field = last(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
    let text = try JSONValue(parsing: field.value).stringValue
    return text?.isEmpty == true ? nil : text
  }
}
