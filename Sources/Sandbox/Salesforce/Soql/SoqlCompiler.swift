import GRDB

/// Turns a SOQL statement over one object into SQL over the org's tables.
///
/// Parents become left joins. SOQL's logic has two values, SQL's has three: every comparison is written so that it
/// is either true or false, which also makes `!=` true for empty fields, as in SOQL.
struct SoqlCompiler {
  let object: ObjectDefinition
  /// The day that `TODAY` means.
  let today: Stamp
  private(set) var joins: [String] = []
  private(set) var arguments: [DatabaseValue] = []
  private var aliases: [String: (alias: String, object: ObjectDefinition)] = [:]

  init(object: ObjectDefinition, today: Stamp) {
    self.object = object
    self.today = today
    aliases[""] = ("r", object)
  }

  /// A column reached by a path.
  struct Column {
    let sql: String
    let field: FieldDefinition
    /// The relationship names and the field in the spelling of describe.
    let path: [String]
  }

  /// The object reached through relationship names, and its alias in the SQL.
  mutating func parent(_ hops: [String]) throws -> (alias: String, object: ObjectDefinition, path: [String]) {
    if hops.count > 5 { throw SoqlParser.malformed("a relationship path may have 5 levels at most") }
    var here = (alias: "r", object: object, path: [String]())
    for hop in hops {
      guard let field = here.object.reference(hop), let name = field.relationship,
        let target = field.target.flatMap({ OrgSchema.object($0) })
      else {
        throw Refusal(
          status: 400, code: "INVALID_FIELD",
          message: "Didn't understand relationship '\(hop)' in field path. If you are attempting to use a custom "
            + "relationship, be sure to append the '__r' after the custom relationship name.")
      }
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
    if hops.first?.lowercased() == object.name.lowercased(), object.reference(object.name) == nil {
      hops = hops.dropFirst()
    }
    let owner = try parent(Array(hops))
    let name = path.last ?? ""
    guard let field = owner.object[name] else {
      throw Refusal(
        status: 400, code: "INVALID_FIELD",
        message: "No such column '\(name)' on entity '\(owner.object.name)'. If you are attempting to use a custom "
          + "field, be sure to append the '__c' after the custom field name.")
    }
    return Column(sql: "\(owner.alias).\"\(field.name)\"", field: field, path: owner.path + [field.name])
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
    if column.field.type == .textarea && column.field.length > 255 {
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
    case (.relative(let name, let count), .date), (.relative(let name, let count), .datetime):
      let day = relative(name, count)
      return (field.type == .date ? day.day : "\(day.day)T00:00:00.000+0000").databaseValue
    case (.text(let text), .id), (.text(let text), .reference):
      return (SalesforceID.normalized(text) ?? text).databaseValue
    case (.text(let text), _) where field.type.isText: return text.databaseValue
    case (.null, _), (.bool, _), (.text, _), (.number, _), (.moment, _), (.relative, _): throw mismatch(field)
    }
  }

  private func relative(_ name: String, _ count: Int?) -> Stamp {
    switch name {
    case "YESTERDAY": today.adding(days: -1)
    case "TOMORROW": today.adding(days: 1)
    case "LAST_N_DAYS": today.adding(days: -(count ?? 0))
    case "NEXT_N_DAYS": today.adding(days: count ?? 0)
    default: today
    }
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
    guard let target = OrgSchema.object(query.source) else { throw SoqlRun.unknownObject(query.source) }
    var inner = SoqlCompiler(object: target, today: today)
    let column = try inner.column(path)
    let filter = try query.condition.map { try inner.condition($0) } ?? "1"
    arguments += inner.arguments
    return "SELECT \(column.sql) FROM \"\(target.name)\" r \(inner.joins.joined(separator: " ")) "
      + "WHERE r.\"IsDeleted\" = 0 AND \(column.sql) IS NOT NULL AND \(filter)"
  }
}
