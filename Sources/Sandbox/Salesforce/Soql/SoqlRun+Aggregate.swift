import GRDB

extension SoqlRun {
  /// One column of an aggregate's rows; the field is nil for a number.
  private struct Result {
    let name: String
    let sql: String
    let field: FieldDefinition?
  }

  /// The rows of a statement that counts or sums up.
  func aggregates(_ query: SoqlQuery) throws -> [JSONValue] {
    var compiler = try compiler(query)
    let columns = try query.items.map { try result($0, of: query, &compiler) }
    let groups = try query.groups.map { try compiler.column($0).sql }
    let filter = try query.condition.map { try compiler.condition($0) } ?? "1"
    let order = try query.order.map { try compiler.order($0) }
    let sql =
      "SELECT \(columns.map(\.sql).joined(separator: ", ")) FROM \"\(compiler.object.name)\" r "
      + "\(compiler.joins.joined(separator: " ")) WHERE \(includesDeleted ? "1" : "r.\"IsDeleted\" = 0") AND \(filter)"
      + (groups.isEmpty ? "" : " GROUP BY " + groups.joined(separator: ", "))
      + (order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", ")) + " LIMIT \(query.limit ?? 2000)"
    let rows = try Row.fetchAll(world.db.cachedStatement(sql: sql), arguments: StatementArguments(compiler.arguments))
    return rows.map { row in
      var record = JSONObject([("attributes", ["type": "AggregateResult"])])
      for (index, column) in columns.enumerated() {
        let value: DatabaseValue = row[index]
        record[column.name] = column.field.map { FieldText.json(value, of: $0) } ?? SoqlRun.number(value)
      }
      return .object(record)
    }
  }

  private func result(_ item: SoqlItem, of query: SoqlQuery, _ compiler: inout SoqlCompiler) throws -> Result {
    switch item {
    case .path(let path):
      let column = try compiler.column(path)
      guard try query.groups.contains(where: { try compiler.column($0).path == column.path }) else {
        throw SoqlParser.malformed("Field must be grouped or aggregated: \(path.joined(separator: "."))")
      }
      return Result(name: column.field.name, sql: column.sql, field: column.field)
    case .aggregate(let function, let path, let name):
      let column = try compiler.column(path)
      return Result(
        name: name, sql: SoqlRun.sql(function, column), field: SoqlRun.result(function, column.field))
    case .children, .fields, .typeOf: throw SoqlParser.malformed("this form of SELECT cannot be grouped")
    }
  }

  private static func sql(_ function: SoqlFunction, _ column: SoqlCompiler.Column) -> String {
    let isNumber = column.field.type.isNumber
    let key = isNumber ? "CAST(\(column.sql) AS REAL)" : column.sql
    switch function {
    case .count: return "COUNT(\(column.sql))"
    case .countDistinct: return "COUNT(DISTINCT \(column.sql))"
    case .sum: return "SUM(\(key))"
    case .average: return "AVG(\(key))"
    case .least: return "MIN(\(key))"
    case .greatest: return "MAX(\(key))"
    }
  }

  /// The field whose form a result has; nil for a number.
  private static func result(_ function: SoqlFunction, _ field: FieldDefinition) -> FieldDefinition? {
    switch function {
    case .count, .countDistinct, .sum, .average: nil
    case .least, .greatest: field.type.isNumber ? nil : field
    }
  }

  private static func number(_ value: DatabaseValue) -> JSONValue {
    switch value.storage {
    case .int64(let number): .number(String(number))
    case .double(let number): .number(String(number))
    case .null, .string, .blob: .null
    }
  }
}
