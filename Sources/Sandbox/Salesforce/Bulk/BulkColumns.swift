/// The columns of a Bulk query: their headers, and the SQL that writes a whole line.
///
/// SQLite writes the lines, so that a hundred thousand of them take seconds whatever the build.
struct BulkColumns {
  let headers: [String]
  /// The expression that gives a line without its end.
  let line: String
  /// The joins that the columns need.
  let joins: [String]

  /// - Throws: a `Refusal` for a statement that Bulk queries do not take.
  init(_ query: SoqlQuery, _ compiler: SoqlCompiler, _ format: BulkFormat) throws {
    var compiler = compiler
    var headers: [String] = []
    var values: [String] = []
    for item in query.items {
      guard case .path(let path) = item else { throw BulkColumns.restricted("only fields may be selected") }
      let column = try compiler.column(path)
      switch column.field.type {
      case .address:
        throw Refusal(
          status: 400, code: "INVALID_FIELD", message: "Selecting compound data not supported in Bulk Query")
      case .base64: throw BulkColumns.restricted("base64 fields are not supported in Bulk Query")
      case .id, .string, .textarea, .picklist, .multipicklist, .boolean, .currency, .double, .percent, .int, .date,
        .datetime, .reference, .email, .phone, .url:
        break
      }
      headers.append(column.path.joined(separator: "."))
      values.append(BulkColumns.text(column))
    }
    self.headers = headers
    line = "'\"' || " + values.joined(separator: " || '\"\(format.separator)\"' || ") + " || '\"'"
    joins = compiler.joins
  }

  /// Refuses what Bulk queries do not take, before it is looked at any further.
  static func require(_ query: SoqlQuery) throws {
    if query.isCount || query.isAggregate {
      throw restricted("aggregates and GROUP BY are not supported in Bulk Query")
    }
    if query.offset != nil { throw restricted("OFFSET is not supported in Bulk Query") }
    for item in query.items {
      switch item {
      case .children: throw restricted("nested queries are not supported in Bulk Query")
      case .typeOf: throw restricted("TYPEOF is not supported in Bulk Query")
      case .fields: throw restricted("FIELDS is not supported in Bulk Query")
      case .path, .aggregate: break
      }
    }
  }

  static func restricted(_ message: String) -> Refusal {
    Refusal(status: 400, code: "API_ERROR", message: "Implementation restriction: \(message)")
  }

  /// The text of a value as CSV has it: empty for null, `true` and `false`, moments with `Z`, big numbers in
  /// exponent form, quotes doubled.
  private static func text(_ column: SoqlCompiler.Column) -> String {
    let sql = column.sql
    switch column.field.type {
    case .boolean:
      return "CASE WHEN \(column.owner).\"Id\" IS NULL THEN '' WHEN \(sql) = 1 THEN 'true' ELSE 'false' END"
    case .datetime: return "COALESCE(replace(\(sql), '+0000', 'Z'), '')"
    case .date, .id, .reference: return "COALESCE(\(sql), '')"
    case .int: return "COALESCE(\(sql), '')"
    case .currency, .double, .percent:
      return "CASE WHEN abs(CAST(\(sql) AS REAL)) >= 1e7 THEN \(exponential(sql)) ELSE COALESCE(\(sql), '') END"
    case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url, .base64, .address:
      return "COALESCE(replace(\(sql), '\"', '\"\"'), '')"
    }
  }

  /// `9.12260031E8`: the shortest mantissa of at most fifteen digits, with one digit behind the point at least.
  private static func exponential(_ sql: String) -> String {
    let text = "printf('%.14e', CAST(\(sql) AS REAL))"
    let mantissa = "rtrim(substr(\(text), 1, instr(\(text), 'e') - 1), '0')"
    let power = "CAST(substr(\(text), instr(\(text), 'e') + 1) AS INTEGER)"
    return "(CASE WHEN substr(\(mantissa), -1) = '.' THEN \(mantissa) || '0' ELSE \(mantissa) END || 'E' || \(power))"
  }
}
