/// Reads the part of SOQL that snapshots, look-ups and generic clients use.
struct SoqlParser {
  private let tokens: [SoqlToken]
  private var position = 0
  /// How many aggregates without a name of their own have been read.
  private var expressions = 0

  private init(_ tokens: [SoqlToken]) { self.tokens = tokens }

  /// - Throws: a `Refusal` `MALFORMED_QUERY`.
  static func parse(_ statement: String) throws -> SoqlQuery {
    if statement.count > 100_000 { throw malformed("SOQL statements cannot be longer than 100000 characters.") }
    var parser = SoqlParser(try SoqlLexer.tokens(statement))
    let query = try parser.query()
    if let rest = parser.current { throw malformed("unexpected token: '\(text(rest))'") }
    return query
  }

  static func malformed(_ message: String) -> Refusal {
    Refusal(status: 400, code: "MALFORMED_QUERY", message: message)
  }

  private static func text(_ token: SoqlToken) -> String {
    switch token {
    case .word(let text), .text(let text), .bare(let text), .mark(let text): text
    }
  }

  private var current: SoqlToken? { position < tokens.count ? tokens[position] : nil }

  private func isWord(_ word: String, at offset: Int = 0) -> Bool {
    guard position + offset < tokens.count, case .word(let text) = tokens[position + offset] else { return false }
    return text.uppercased() == word
  }

  private mutating func take(word: String) -> Bool {
    guard isWord(word) else { return false }
    position += 1
    return true
  }

  private mutating func take(mark: String) -> Bool {
    guard current == .mark(mark) else { return false }
    position += 1
    return true
  }

  private mutating func demand(word: String) throws {
    if !take(word: word) { throw unexpected("expecting \(word)") }
  }

  private mutating func demand(mark: String) throws {
    if !take(mark: mark) { throw unexpected("expecting '\(mark)'") }
  }

  private func unexpected(_ wish: String) -> Refusal {
    SoqlParser.malformed(
      current.map { "unexpected token: '\(SoqlParser.text($0))', \(wish)" } ?? "unexpected end of query, \(wish)")
  }

  private mutating func name() throws -> String {
    guard case .word(let text) = current else { throw unexpected("expecting a name") }
    position += 1
    return text
  }

  private mutating func path() throws -> [String] {
    let parts = try name().utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.map { String(Substring($0)) }
  }

  private mutating func query() throws -> SoqlQuery {
    try demand(word: "SELECT")
    var query = SoqlQuery(items: [], source: "")
    if isWord("COUNT"), tokens.dropFirst(position + 1).starts(with: [.mark("("), .mark(")")]) {
      position += 3
      query.isCount = true
    } else {
      repeat { query.items.append(try item()) } while take(mark: ",")
    }
    try demand(word: "FROM")
    query.source = try name()
    query.alias = alias()
    if take(word: "USING") {
      try demand(word: "SCOPE")
      _ = try name()
    }
    if take(word: "WHERE") { query.condition = try disjunction() }
    try trailer(&query)
    return query
  }

  private static let keywords: Set<String> = [
    "WHERE", "ORDER", "LIMIT", "OFFSET", "GROUP", "HAVING", "USING", "WITH", "FOR", "ALL", "FROM",
  ]

  /// A word that is no keyword: a second name.
  private mutating func alias() -> String? {
    guard case .word(let word) = current, !SoqlParser.keywords.contains(word.uppercased()) else { return nil }
    position += 1
    return word
  }

  private mutating func item() throws -> SoqlItem {
    if take(mark: "(") {
      let children = try query()
      try demand(mark: ")")
      return .children(children)
    }
    if take(word: "TYPEOF") {
      while current != nil, !take(word: "END") { position += 1 }
      return .typeOf
    }
    let path = try path()
    guard take(mark: "(") else { return .path(path) }
    let name = path.joined(separator: ".").uppercased()
    if name == "FIELDS" {
      let group = try self.name().uppercased()
      guard let group = SoqlFieldGroup(rawValue: group) else { throw unexpected("expecting ALL, STANDARD or CUSTOM") }
      try demand(mark: ")")
      return .fields(group)
    }
    let inner = try self.path()
    try demand(mark: ")")
    if name == "TOLABEL" || name == "CONVERTCURRENCY" { return .path(inner) }
    guard let function = SoqlFunction(rawValue: name) else { throw SoqlParser.malformed("unknown function: \(name)") }
    if let alias = alias() { return .aggregate(function, inner, name: alias) }
    expressions += 1
    return .aggregate(function, inner, name: "expr\(expressions - 1)")
  }

  private mutating func trailer(_ query: inout SoqlQuery) throws {
    if take(word: "GROUP") {
      try demand(word: "BY")
      repeat { query.groups.append(try path()) } while take(mark: ",")
    }
    if take(word: "ORDER") {
      try demand(word: "BY")
      repeat { query.order.append(try column()) } while take(mark: ",")
    }
    if take(word: "LIMIT") { query.limit = try wholeNumber() }
    if take(word: "OFFSET") { query.offset = try wholeNumber() }
    if let offset = query.offset, offset > 2000 {
      throw Refusal(
        status: 400, code: "NUMBER_OUTSIDE_VALID_RANGE", message: "Maximum SOQL offset allowed is 2000")
    }
    if take(word: "FOR") {
      guard take(word: "VIEW") || take(word: "REFERENCE") || take(word: "UPDATE") else {
        throw unexpected("expecting VIEW, REFERENCE or UPDATE")
      }
    }
  }

  private mutating func column() throws -> SoqlOrder {
    let path = try path()
    let descending = take(word: "DESC")
    if !descending { _ = take(word: "ASC") }
    var last = false
    if take(word: "NULLS") {
      last = take(word: "LAST")
      if !last { try demand(word: "FIRST") }
    }
    return SoqlOrder(path: path, descending: descending, nullsLast: last)
  }

  private mutating func wholeNumber() throws -> Int {
    guard case .bare(let text) = current, let number = Int(text), number >= 0 else {
      throw unexpected("expecting a number")
    }
    position += 1
    return number
  }

  /// `a OR b`; SOQL wants parentheses where AND and OR meet on one level.
  private mutating func disjunction() throws -> SoqlCondition {
    let first = try negation()
    var parts = [first]
    if isWord("AND") {
      while take(word: "AND") { parts.append(try negation()) }
      if isWord("OR") { throw unexpected("expecting parentheses around AND and OR") }
      return .all(parts)
    }
    while take(word: "OR") { parts.append(try negation()) }
    if parts.count > 1, parts.contains(where: \.isSemiJoin) {
      throw SoqlParser.malformed("Semi join sub-selects are only allowed at the top level WHERE expressions")
    }
    if isWord("AND") { throw unexpected("expecting parentheses around AND and OR") }
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func negation() throws -> SoqlCondition {
    if take(word: "NOT") { return .not(try negation()) }
    if take(mark: "(") {
      let inner = try disjunction()
      try demand(mark: ")")
      return inner
    }
    return try comparison()
  }

  private mutating func comparison() throws -> SoqlCondition {
    let path = try path()
    if take(word: "IN") { return try among(path, negated: false) }
    if isWord("NOT"), isWord("IN", at: 1) {
      position += 2
      return try among(path, negated: true)
    }
    if take(word: "INCLUDES") { return .includes(path, try combinations(), negated: false) }
    if take(word: "EXCLUDES") { return .includes(path, try combinations(), negated: true) }
    if take(word: "LIKE") { return .compare(path, .like, try literal()) }
    guard case .mark(let mark) = current, let comparison = SoqlOperator(rawValue: mark) else {
      throw unexpected("expecting an operator")
    }
    position += 1
    return .compare(path, comparison, try literal())
  }

  private mutating func among(_ path: [String], negated: Bool) throws -> SoqlCondition {
    try demand(mark: "(")
    if isWord("SELECT") {
      let inner = try query()
      try demand(mark: ")")
      if inner.isCount || inner.isAggregate || !inner.order.isEmpty || inner.limit != nil {
        throw SoqlParser.malformed("COUNT, ORDER BY and LIMIT are not allowed in semi join sub-selects")
      }
      return .amongSelected(path, inner, negated: negated)
    }
    var values: [SoqlLiteral] = []
    repeat { values.append(try literal()) } while take(mark: ",")
    try demand(mark: ")")
    return .among(path, values, negated: negated)
  }

  /// `('A;B','C')`: texts, each of which names values joined by semicolons.
  private mutating func combinations() throws -> [[String]] {
    try demand(mark: "(")
    var found: [[String]] = []
    repeat {
      guard case .text(let text) = try literal() else { throw unexpected("expecting a text") }
      found.append(text.split(separator: ";").map(String.init))
    } while take(mark: ",")
    try demand(mark: ")")
    return found
  }

  private mutating func literal() throws -> SoqlLiteral {
    guard let token = current else { throw unexpected("expecting a value") }
    position += 1
    switch token {
    case .text(let text):
      if text.count > 4000 { throw SoqlParser.malformed("maximum length of a string literal is 4000 characters") }
      return .text(text)
    case .bare(let text):
      return text.contains(":") || text.split(separator: "-").count == 3 ? .moment(text) : .number(text)
    case .word(let word): return try named(word)
    case .mark:
      position -= 1
      throw unexpected("expecting a value")
    }
  }

  private mutating func named(_ word: String) throws -> SoqlLiteral {
    switch word.uppercased() {
    case "NULL": return .null
    case "TRUE": return .bool(true)
    case "FALSE": return .bool(false)
    case let name where SoqlDays.fixed.contains(name): return .relative(name, nil)
    case let name where SoqlDays.counted.contains(name):
      try demand(mark: ":")
      return .relative(name, try wholeNumber())
    default:
      position -= 1
      throw unexpected("expecting a value")
    }
  }
}
