/// What is read of an object: columns in order, and which records.
package struct RecordQuery: Sendable, Hashable {
  /// The object's API name, such as `Opportunity`.
  package let object: String
  /// API names in the order of a row's texts; a parent's field as `Account.Name`.
  package let columns: [String]
  /// The text behind `WHERE`; nil for every record.
  package let condition: String?

  /// A query of `columns`; literals in `condition` must have come through `SOQL`.
  package init(_ object: String, columns: [String], where condition: String? = nil) {
    self.object = object
    self.columns = columns
    self.condition = condition
  }

  /// The query's text; names of another form than a field's or an object's are an error.
  func soql() throws(ServiceError) -> String {
    var names: [String] = []
    for column in columns { names.append(try SOQL.name(column)) }
    let scope = condition.map { " WHERE " + $0 } ?? ""
    return "SELECT \(names.joined(separator: ", ")) FROM \(try SOQL.name(object))\(scope)"
  }
}
