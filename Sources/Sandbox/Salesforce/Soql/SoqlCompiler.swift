import GRDB

/// Turns a SOQL statement over one object into SQL over the org's tables.
///
/// Parents become left joins. SOQL's logic has two values, SQL's has three: every comparison is written so that it
/// is either true or false, which also makes `!=` true for empty fields, as in SOQL.
struct SoqlCompiler {
  let object: ObjectDefinition
  let schema: OrgSchema
  /// The day that `TODAY` means.
  let today: Stamp
  /// Another name of the object within the statement.
  let alias: String?
  private(set) var joins: [String] = []
  private(set) var arguments: [DatabaseValue] = []
  private var aliases: [String: (alias: String, object: ObjectDefinition)] = [:]

  init(object: ObjectDefinition, schema: OrgSchema, today: Stamp, alias: String? = nil) {
    self.object = object
    self.schema = schema
    self.today = today
    self.alias = alias
    aliases[""] = ("r", object)
  }

  /// A column reached by a path.
  struct Column {
    let sql: String
    let field: FieldDefinition
    /// The name of the table that holds it within the SQL.
    let owner: String
    /// The relationship names and the field in the spelling of describe.
    let path: [String]
  }

  /// The object reached through relationship names, and its alias in the SQL.
  mutating func parent(_ hops: [String]) throws -> (alias: String, object: ObjectDefinition, path: [String]) {
    if hops.count > 5 { throw SoqlParser.malformed("a relationship path may have 5 levels at most") }
    var here = (alias: "r", object: object, path: [String]())
    for hop in hops {
      guard let field = here.object.reference(hop), let name = field.relationship,
        let target = field.target.flatMap({ schema.object($0) })
      else {
        throw Refusal(
          status: 400, code: "INVALID_FIELD",
          message: "Didn't understand relationship '\(hop)' in field path. If you are attempting to use a custom "
            + "relationship, be sure to append the '__r' after the custom relationship name.")
      }
      if joins.count >= 55 { throw SoqlParser.malformed("a query may have 55 relationships at most") }
      let path = here.path + [name]
      let key = path.joined(separator: ".")
      if let known = aliases[key] {
        here = (known.alias, known.object, path)
      } else {
        let alias = "p\(aliases.count)"
        joins.append("LEFT JOIN \"\(target.name)\" \(alias) ON \(alias).\"Id\" = \(here.alias).\"\(field.name)\"")
        aliases[key] = (alias, target)
        here = (alias, target, path)
      }
    }
    return here
  }

  /// The column at the end of a path, with or without the object's own name in front.
  mutating func column(_ path: [String]) throws -> Column {
    var hops = path.dropLast()
    if let first = hops.first, isOwnName(first) { hops = hops.dropFirst() }
    let owner = try parent(Array(hops))
    let name = path.last ?? ""
    guard let field = owner.object[name] else {
      throw Refusal(
        status: 400, code: "INVALID_FIELD",
        message: "No such column '\(name)' on entity '\(owner.object.name)'. If you are attempting to use a custom "
          + "field, be sure to append the '__c' after the custom field name.")
    }
    return Column(
      sql: SoqlCompiler.sql(field, of: owner.alias), field: field, owner: owner.alias, path: owner.path + [field.name])
  }

  /// Whether a name at the start of a path means the object itself.
  func isOwnName(_ name: String) -> Bool {
    if let alias, name.lowercased() == alias.lowercased() { return true }
    return name.lowercased() == object.name.lowercased() && object.reference(object.name) == nil
  }

  /// The expression that gives the stored form of a field; of a compound the JSON text, null when all parts are.
  static func sql(_ field: FieldDefinition, of alias: String) -> String {
    guard !field.parts.isEmpty else { return "\(alias).\"\(field.name)\"" }
    let columns = field.parts.map { "\(alias).\"\($0.field)\"" }
    let members = zip(field.parts, columns).map { "'\($0.key)', \($1)" }.joined(separator: ", ")
    return "CASE WHEN COALESCE(\(columns.joined(separator: ", "))) IS NOT NULL THEN json_object(\(members)) END"
  }

  mutating func condition(_ condition: SoqlCondition) throws -> String {
    switch condition {
    case .all(let parts): return "(" + (try parts.map { try self.condition($0) }).joined(separator: " AND ") + ")"
    case .any(let parts): return "(" + (try parts.map { try self.condition($0) }).joined(separator: " OR ") + ")"
    case .not(let inner): return "NOT " + (try self.condition(inner))
    case .compare(let path, let comparison, let literal): return try compare(path, comparison, literal)
    case .among(let path, let literals, let negated):
      let column = try self.filterable(path)
      return (negated ? "NOT " : "") + (try self.among(column, literals))
    case .includes(let path, let combinations, let negated):
      let column = try self.filterable(path)
      guard column.field.type == .multipicklist else { throw mismatch(column.field) }
      return (negated ? "NOT " : "") + includes(column, combinations)
    case .amongSelected(let path, let query, let negated):
      let column = try self.filterable(path)
      let inner = try selection(query)
      return "COALESCE(\(column.sql)\(negated ? " NOT" : "") IN (\(inner)), 0)"
    }
  }

  mutating func order(_ order: SoqlOrder) throws -> String {
    let column = try column(order.path)
    let key = column.field.type.isNumber ? "CAST(\(column.sql) AS REAL)" : column.sql
    let collation = column.field.type.isText ? " COLLATE NOCASE" : ""
    return "\(column.sql) IS NULL \(order.nullsLast ? "ASC" : "DESC"), "
      + "\(key)\(collation)\(order.descending ? " DESC" : "")"
  }

  private mutating func filterable(_ path: [String]) throws -> Column {
    let column = try column(path)
    if column.field.type == .textarea && column.field.length > 255 || !column.field.parts.isEmpty
      || column.field.type == .base64
    {
      throw Refusal(
        status: 400, code: "INVALID_FIELD",
        message: "field '\(column.field.name)' can not be filtered in a query call", fields: [])
    }
    return column
  }

  private mutating func compare(
    _ path: [String], _ comparison: SoqlOperator, _ literal: SoqlLiteral
  ) throws -> String {
    let column = try filterable(path)
    if case .relative(let name, let count) = literal, column.field.type == .date || column.field.type == .datetime {
      return within(column, comparison, SoqlDays(today: today).range(name, count))
    }
    switch comparison {
    case .equal: return try equal(column, literal)
    case .notEqual: return "NOT " + (try equal(column, literal))
    case .like:
      guard case .text(let pattern) = literal, column.field.type.isText || column.field.type == .id else {
        throw mismatch(column.field)
      }
      arguments.append(pattern.databaseValue)
      return "COALESCE(\(column.sql) LIKE ? ESCAPE '\\', 0)"
    case .less, .atMost, .greater, .atLeast:
      arguments.append(try value(literal, column.field))
      let key = column.field.type.isNumber ? "CAST(\(column.sql) AS REAL)" : column.sql
      let argument = column.field.type.isNumber ? "CAST(? AS REAL)" : "?"
      let collation = column.field.type.isText ? " COLLATE NOCASE" : ""
      return "COALESCE(\(key) \(comparison.rawValue) \(argument)\(collation), 0)"
    }
  }

  private mutating func equal(_ column: Column, _ literal: SoqlLiteral) throws -> String {
    if literal == .null || literal == .text("") { return "(\(column.sql) IS NULL)" }
    arguments.append(try value(literal, column.field))
    if column.field.type.isNumber { return "COALESCE(CAST(\(column.sql) AS REAL) = CAST(? AS REAL), 0)" }
    if column.field.type == .boolean { return "(COALESCE(\(column.sql), 0) = ?)" }
    return "COALESCE(\(column.sql) = ?\(column.field.type.isText ? " COLLATE NOCASE" : ""), 0)"
  }

  private mutating func among(_ column: Column, _ literals: [SoqlLiteral]) throws -> String {
    let values = literals.filter { $0 != .null && $0 != .text("") }
    arguments += try values.map { try value($0, column.field) }
    let isNumber = column.field.type.isNumber
    let marks = values.map { _ in isNumber ? "CAST(? AS REAL)" : "?" }.joined(separator: ", ")
    let key = isNumber ? "CAST(\(column.sql) AS REAL)" : column.sql
    let collation = column.field.type.isText ? " COLLATE NOCASE" : ""
    let found = "COALESCE(\(key)\(collation) IN (\(marks)), 0)"
    return values.count == literals.count ? found : "(\(found) OR \(column.sql) IS NULL)"
  }

  /// The stored form of a literal, refused where a field of that kind cannot be compared with it.
  private func value(_ literal: SoqlLiteral, _ field: FieldDefinition) throws -> DatabaseValue {
    switch (literal, field.type) {
    case (.bool(let flag), .boolean): return (flag ? 1 : 0).databaseValue
    case (.number(let text), _) where field.type.isNumber:
      guard Double(text) != nil else { throw SoqlParser.malformed("unexpected token: '\(text)'") }
      return text.databaseValue
    case (.moment(let text), .date), (.moment(let text), .datetime):
      guard let stamp = Stamp(iso: text), text.contains("T") == (field.type == .datetime) else {
        throw mismatch(field)
      }
      return (field.type == .date ? stamp.day : stamp.salesforce).databaseValue
    case (.text(let text), .id), (.text(let text), .reference):
      return (SalesforceID.normalized(text) ?? text).databaseValue
    case (.text(let text), _) where field.type.isText: return text.databaseValue
    case (.null, _), (.bool, _), (.text, _), (.number, _), (.moment, _), (.relative, _): throw mismatch(field)
    }
  }

  /// A comparison with a range of days, whose end does not belong to it.
  private mutating func within(
    _ column: Column, _ comparison: SoqlOperator, _ range: (start: Stamp, end: Stamp)
  ) -> String {
    let form: (Stamp) -> DatabaseValue = { stamp in
      (column.field.type == .date ? stamp.day : "\(stamp.day)T00:00:00.000+0000").databaseValue
    }
    func bound(_ mark: String, _ stamp: Stamp) -> String {
      arguments.append(form(stamp))
      return "COALESCE(\(column.sql) \(mark) ?, 0)"
    }
    switch comparison {
    case .equal, .like: return "(\(bound(">=", range.start)) AND \(bound("<", range.end)))"
    case .notEqual: return "NOT (\(bound(">=", range.start)) AND \(bound("<", range.end)))"
    case .less: return bound("<", range.start)
    case .atMost: return bound("<", range.end)
    case .greater: return bound(">=", range.end)
    case .atLeast: return bound(">=", range.start)
    }
  }

  private mutating func includes(_ column: Column, _ combinations: [[String]]) -> String {
    let parts = combinations.map { values in
      let tests = values.map { value -> String in
        arguments.append(";\(value);".databaseValue)
        return "COALESCE(instr(';' || \(column.sql) || ';', ?) > 0, 0)"
      }
      return "(" + tests.joined(separator: " AND ") + ")"
    }
    return "(" + parts.joined(separator: " OR ") + ")"
  }

  private func mismatch(_ field: FieldDefinition) -> Refusal {
    Refusal(
      status: 400, code: "INVALID_FIELD",
      message: "value of filter criterion for field '\(field.name)' must be of type \(field.type.rawValue) and should "
        + "be enclosed in quotes where it is text")
  }

  /// The SQL of a semi-join.
  private mutating func selection(_ query: SoqlQuery) throws -> String {
    guard query.items.count == 1, case .path(let path) = query.items[0] else {
      throw SoqlParser.malformed("a semi join selects exactly one field")
    }
    guard let target = schema.object(query.source) else { throw SoqlRun.unknownObject(query.source) }
    var inner = SoqlCompiler(object: target, schema: schema, today: today, alias: query.alias)
    let column = try inner.column(path)
    let filter = try query.condition.map { try inner.condition($0) } ?? "1"
    arguments += inner.arguments
    return "SELECT \(column.sql) FROM \"\(target.name)\" r \(inner.joins.joined(separator: " ")) "
      + "WHERE r.\"IsDeleted\" = 0 AND \(column.sql) IS NOT NULL AND \(filter)"
  }
}
