import GRDB

/// The tables that hold the org's rows: one an object, one column a field.
enum RowTables {
  static func create(in db: Database) throws {
    try OrgSwitches.createTable(in: db)
    try DeletionLog.createTable(in: db)
    try QueryCursor.createTable(in: db)
    try BulkStore.createTables(in: db)
    for object in OrgSchema.objects {
      let columns = object.fields.filter(\.isStored).map { "\"\($0.name)\"" }.joined(separator: ", ")
      try db.execute(sql: "CREATE TABLE \"\(object.name)\"(seq INTEGER PRIMARY KEY, \(columns))")
      try db.execute(sql: "CREATE UNIQUE INDEX \"\(object.name)_id\" ON \"\(object.name)\"(\"Id\")")
      for field in object.fields where field.type == .reference && field.childRelationship != nil || field.isExternalId
      {
        try db.execute(
          sql: "CREATE INDEX \"\(object.name)_\(field.name)\" ON \"\(object.name)\"(\"\(field.name)\")")
      }
    }
  }

  /// Writes one column set of a row that exists.
  static func update(_ db: Database, _ object: ObjectDefinition, id: String, _ columns: [String: DatabaseValue]) throws
  {
    if columns.isEmpty { return }
    let names = columns.keys.sorted()
    let assignments = names.map { "\"\($0)\" = ?" }.joined(separator: ", ")
    let statement = try db.cachedStatement(sql: "UPDATE \"\(object.name)\" SET \(assignments) WHERE \"Id\" = ?")
    try statement.execute(
      arguments: StatementArguments(names.map { columns[$0] ?? .null } + [id.databaseValue]))
  }

  /// Adds a row.
  static func insert(_ db: Database, _ object: ObjectDefinition, _ columns: [String: DatabaseValue]) throws {
    let names = columns.keys.sorted()
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.cachedStatement(sql: "INSERT INTO \"\(object.name)\"(\(list)) VALUES (\(marks))")
    try statement.execute(arguments: StatementArguments(names.map { columns[$0] ?? .null }))
  }

  /// The columns of a row by field name, deleted rows included; nil when there is none of that id.
  static func columns(_ db: Database, _ object: ObjectDefinition, id: String) throws -> [String: DatabaseValue]? {
    let statement = try db.cachedStatement(sql: "SELECT * FROM \"\(object.name)\" WHERE \"Id\" = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    return Dictionary(uniqueKeysWithValues: row.map { ($0.0, $0.1) })
  }
}
