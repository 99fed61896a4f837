package import JSON

/// A record as it is sent to Salesforce: what it is, which one, and what its fields shall be.
package struct SObject: Sendable, Hashable {
  /// The object's API name, such as `Opportunity`.
  package let object: String
  /// The record's id; nil for one that is to be created.
  package let id: String?
  /// The fields; `null` clears one.
  package let fields: [JSONMember]

  /// A record with its fields.
  package init(_ object: String, id: String? = nil, fields: [JSONMember]) {
    self.object = object
    self.id = id
    self.fields = fields
  }

  /// The form in which a collection carries it.
  var collectionForm: JSONValue {
    let attributes = JSONMember("attributes", ["type": .string(object)])
    let identity = id.map { [JSONMember("id", .string($0))] } ?? []
    return .object([attributes] + identity + fields)
  }
}

/// An update that happens only if nobody has changed the record since.
package struct GuardedUpdate: Sendable, Hashable {
  /// What to change; its id must not be nil.
  package let record: SObject
  /// The moment of the snapshot as an HTTP date, to the second: a change in that same second passes unnoticed.
  package let unmodifiedSince: String

  /// An update of `record` if it is unchanged since.
  package init(_ record: SObject, unmodifiedSince: String) {
    self.record = record
    self.unmodifiedSince = unmodifiedSince
  }
}

/// What Salesforce says about a record that it has written.
package struct RowAnswer: Sendable, Hashable {
  /// The record's id; nil where the answer does not give it.
  package let id: String?
  /// Whether it was created.
  ///
  /// After a repeated attempt of an upsert this is unproved.
  package let isCreated: Bool
  /// The HTTP status of the answer, or of the subrequest.
  package let status: Int
  /// Salesforce's id of the request, to be quoted to its support; nil when it gave none.
  package let requestID: String?

  /// An answer for the record `id`.
  package init(id: String?, isCreated: Bool, status: Int, requestID: String? = nil) {
    self.id = id
    self.isCreated = isCreated
    self.status = status
    self.requestID = requestID
  }
}
