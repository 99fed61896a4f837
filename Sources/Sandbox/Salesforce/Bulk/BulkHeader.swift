/// The columns of an upload, each of which is a field of the object or an external id of a parent.
struct BulkHeader {
  /// What one column sets.
  enum Column {
    case id
    case field(String)
    case parent(String, externalId: String)
  }

  let names: [String]
  let columns: [Column]

  /// - Throws: a `BulkCSVError` with the text of the job's failure for a column that fits nothing.
  init(_ names: [String], _ job: BulkJob, _ object: ObjectDefinition, _ schema: OrgSchema) throws {
    self.names = names
    if names.reduce(0, { $0 + $1.count + 1 }) > 32_000 { throw BulkHeader.invalid("The header is too long") }
    columns = try names.map { name in
      if name.lowercased() == "id" { return .id }
      if let field = object[name] { return .field(field.name) }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let reference = object.reference(parts[0]),
        let target = reference.target.flatMap({ schema.object($0) }), let field = target[parts[1]], field.isIdLookup
      else { throw BulkHeader.invalid("Field name not found : \(name)") }
      return .parent(parts[0], externalId: field.name)
    }
    if Set(names.map { $0.lowercased() }).count < names.count { throw BulkHeader.invalid("Duplicate column name") }
    try require(job)
  }

  private func require(_ job: BulkJob) throws {
    let hasId = columns.contains { if case .id = $0 { true } else { false } }
    switch job.operation {
    case "update" where !hasId: throw BulkHeader.invalid("The 'update' batch must contain the column Id")
    case "delete" where !hasId || columns.count > 1, "hardDelete" where !hasId || columns.count > 1:
      throw BulkHeader.invalid("The '\(job.operation)' batch must contain only ids")
    case "upsert":
      let key = job.externalId?.lowercased() ?? ""
      if !names.contains(where: { $0.lowercased() == key }) {
        throw BulkHeader.invalid("Field name not found : \(job.externalId ?? "")")
      }
    default: break
    }
  }

  /// The fields of a record: empty values are left out, `#N/A` empties the field.
  func fields(_ values: [String]) -> (id: String?, fields: JSONObject) {
    var id: String?
    var fields = JSONObject()
    for (column, value) in zip(columns, values) where !value.isEmpty {
      let json: JSONValue = value == "#N/A" ? .null : .string(value)
      switch column {
      case .id: id = json.string
      case .field(let name): fields[name] = json
      case .parent(let name, let externalId):
        fields[name] = json.isNull ? .null : .object(JSONObject([(externalId, json)]))
      }
    }
    return (id, fields)
  }

  static func invalid(_ message: String) -> BulkCSVError { BulkCSVError(message: "InvalidBatch : \(message)") }
}
