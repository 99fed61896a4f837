import GRDB

/// Runs SOQL statements against the org's tables.
struct SoqlRun {
  let world: World
  let version: String
  /// Whether deleted rows are read too (`queryAll`).
  var includesDeleted = false

  /// The number of rows a statement selects.
  func count(_ query: SoqlQuery) throws -> Int {
    var compiler = try compiler(query)
    let filter = try filter(query, &compiler)
    let sql =
      "SELECT COUNT(*) FROM (SELECT 1 FROM \"\(compiler.object.name)\" r \(compiler.joins.joined(separator: " ")) "
      + "WHERE \(filter)\(range(query)))"
    return try Int.fetchOne(world.db, sql: sql, arguments: StatementArguments(compiler.arguments)) ?? 0
  }

  /// The ids of the rows a statement selects, in its order: what a cursor remembers.
  func ids(_ query: SoqlQuery) throws -> [String] {
    var compiler = try compiler(query)
    let filter = try filter(query, &compiler)
    let order = try order(query, &compiler)
    let sql =
      "SELECT r.\"Id\" FROM \"\(compiler.object.name)\" r \(compiler.joins.joined(separator: " ")) WHERE \(filter) "
      + "ORDER BY \(order)\(range(query))"
    return try String.fetchAll(world.db, sql: sql, arguments: StatementArguments(compiler.arguments))
  }

  /// The records of given ids as a statement selects them, in the order of the ids; rows gone since are left out.
  func records(_ query: SoqlQuery, ids: [String]) throws -> [JSONValue] {
    var compiler = try compiler(query)
    var projection = SoqlProjection(version: version)
    let root = try projection.node(query.items, at: [], &compiler)
    let sql =
      "SELECT \(projection.columns.joined(separator: ", ")) FROM \"\(compiler.object.name)\" r "
      + "\(compiler.joins.joined(separator: " ")) WHERE r.\"Id\" = ?"
    let statement = try world.db.cachedStatement(sql: sql)
    var records: [JSONValue] = []
    for id in ids {
      guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
      if let record = try projection.record(root, row, children: children) { records.append(record) }
    }
    return records
  }

  /// The rows below one parent: an object of records, or null where there are none.
  private func children(
    _ query: SoqlQuery, _ object: ObjectDefinition, _ field: FieldDefinition, _ parent: String
  ) throws -> JSONValue {
    var inner = query
    inner.source = object.name
    let ofParent = SoqlCondition.compare([field.name], .equal, .text(parent))
    inner.condition = query.condition.map { .all([ofParent, $0]) } ?? ofParent
    let records = try records(inner, ids: try ids(inner))
    if records.isEmpty { return .null }
    return ["totalSize": .int(records.count), "done": true, "records": .array(records)]
  }

  private func compiler(_ query: SoqlQuery) throws -> SoqlCompiler {
    guard let object = OrgSchema.object(query.source) else { throw SoqlRun.unknownObject(query.source) }
    return SoqlCompiler(object: object, today: try world.now)
  }

  private func filter(_ query: SoqlQuery, _ compiler: inout SoqlCompiler) throws -> String {
    let condition = try query.condition.map { try compiler.condition($0) } ?? "1"
    return includesDeleted ? condition : "r.\"IsDeleted\" = 0 AND \(condition)"
  }

  private func order(_ query: SoqlQuery, _ compiler: inout SoqlCompiler) throws -> String {
    (try query.order.map { try compiler.order($0) } + ["r.seq"]).joined(separator: ", ")
  }

  private func range(_ query: SoqlQuery) -> String {
    switch (query.limit, query.offset) {
    case (nil, nil): ""
    case (let limit, let offset): " LIMIT \(limit ?? -1) OFFSET \(offset ?? 0)"
    }
  }

  static func unknownObject(_ name: String) -> Refusal {
    Refusal(
      status: 400, code: "INVALID_TYPE",
      message:
        "sObject type '\(name)' is not supported. If you are attempting to use a custom object, be sure to append "
        + "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.")
  }
}
