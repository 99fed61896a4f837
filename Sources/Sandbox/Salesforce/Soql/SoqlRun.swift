import GRDB

/// Runs SOQL statements against the org's tables.
struct SoqlRun {
  let world: World
  let version: String
  /// Whether deleted rows are read too (`queryAll`).
  var includesDeleted = false
  /// What may be asked for; nil for what the integration user sees.
  var schema: OrgSchema?
  /// The statement as sent and how many child rows a page holds; nil gives all children at once.
  var paging: (statement: String, childRows: Int)?

  /// A statement in SQL, from `FROM` on.
  struct Selection {
    let object: ObjectDefinition
    let sql: String
    let arguments: StatementArguments
  }

  /// The number of rows a statement selects.
  func count(_ query: SoqlQuery) throws -> Int {
    let selection = try selection(query, isOrdered: false)
    let statement = try world.db.cachedStatement(sql: "SELECT COUNT(*) FROM (SELECT 1 \(selection.sql))")
    return try Int.fetchOne(statement, arguments: selection.arguments) ?? 0
  }

  /// The ids of the rows a statement selects, in its order.
  func ids(_ query: SoqlQuery) throws -> [String] { try ids(selection(query), most: -1) }

  /// The ids of the rows that were selected, in their order, so many at most.
  func ids(_ selection: Selection, most: Int) throws -> [String] {
    let statement = try world.db.cachedStatement(sql: "SELECT * FROM (SELECT r.\"Id\" \(selection.sql)) LIMIT ?")
    return try String.fetchAll(statement, arguments: selection.arguments + [most])
  }

  /// What a statement selects, as SQL from `FROM` on over a table `r`.
  func selection(_ query: SoqlQuery, isOrdered: Bool = true) throws -> Selection {
    var compiler = try compiler(query)
    let filter = try filter(query, &compiler)
    let order = isOrdered ? " ORDER BY \(try order(query, &compiler))" : ""
    return Selection(
      object: compiler.object,
      sql: "FROM \"\(compiler.object.name)\" r \(compiler.joins.joined(separator: " ")) WHERE \(filter)\(order)"
        + range(query),
      arguments: StatementArguments(compiler.arguments))
  }

  /// The records of given ids as a statement selects them, in the order of the ids; rows gone since are left out.
  ///
  /// The path holds the relationship names that lead from the statement's root to the query, for its children.
  func records(_ query: SoqlQuery, ids: [String], below path: [String] = []) throws -> [JSONValue] {
    var compiler = try compiler(query)
    var projection = SoqlProjection(version: version)
    let root = try projection.node(query.items, at: [], &compiler)
    let sql =
      "SELECT \(projection.columns.joined(separator: ", ")) FROM json_each(?) AS wanted "
      + "CROSS JOIN \"\(compiler.object.name)\" r ON r.\"Id\" = wanted.value "
      + "\(compiler.joins.joined(separator: " ")) ORDER BY wanted.key"
    let list = "[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]"
    // All at once, since children may be asked for by the same statement.
    return try Row.fetchAll(world.db.cachedStatement(sql: sql), arguments: [list]).compactMap { row in
      try projection.record(root, row) { inner, object, field, parent in
        try children(inner, object, field, of: parent, below: path + [inner.source])
      }
    }
  }

  /// The rows below one parent: an object of records, or null where there are none.
  private func children(
    _ query: SoqlQuery, _ object: ObjectDefinition, _ field: FieldDefinition, of parent: String, below path: [String]
  ) throws -> JSONValue {
    let inner = SoqlRun.child(query, object, field, of: parent)
    let ids = try ids(inner)
    if ids.isEmpty { return .null }
    let size = paging?.childRows ?? ids.count
    let records = try records(inner, ids: Array(ids.prefix(size)), below: path)
    var answer = JSONObject([("totalSize", .int(ids.count)), ("done", .bool(ids.count <= size))])
    if let paging, ids.count > size {
      let cursor = try QueryCursor.make(
        world, QueryCursor.Content(statement: paging.statement, path: path, includesDeleted: includesDeleted), ids)
      answer["nextRecordsUrl"] = .string("/services/data/v\(version)/query/\(cursor)-\(size)")
    }
    answer["records"] = .array(records)
    return .object(answer)
  }

  /// A child query as a query of its own over the rows below one parent.
  static func child(
    _ query: SoqlQuery, _ object: ObjectDefinition, _ field: FieldDefinition, of parent: String?
  ) -> SoqlQuery {
    var inner = query
    inner.source = object.name
    guard let parent else { return inner }
    let ofParent = SoqlCondition.compare([field.name], .equal, .text(parent))
    inner.condition = query.condition.map { .all([ofParent, $0]) } ?? ofParent
    return inner
  }

  /// The query that stands at the end of relationship names within a statement.
  func query(_ root: SoqlQuery, at path: [String]) throws -> SoqlQuery {
    var here = root
    for name in path {
      let source = try compiler(here).object
      let (object, field) = try SoqlProjection.children(name, of: source, try world.schema)
      let inner = here.items.lazy.compactMap { item -> SoqlQuery? in
        if case .children(let query) = item, query.source.lowercased() == name.lowercased() { query } else { nil }
      }.first
      guard let inner else { throw SoqlParser.malformed("no such relationship: \(name)") }
      here = SoqlRun.child(inner, object, field, of: nil)
    }
    return here
  }

  func compiler(_ query: SoqlQuery) throws -> SoqlCompiler {
    let schema = try self.schema ?? world.schema
    guard let object = schema.object(query.source) else { throw SoqlRun.unknownObject(query.source) }
    return SoqlCompiler(object: object, schema: schema, today: try world.now, alias: query.alias)
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
