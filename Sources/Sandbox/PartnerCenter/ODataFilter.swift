import GRDB

/// Turns `$filter` into a condition over the stored records (S3).
struct ODataFilter {
  private var tokens: [String]
  private var position = 0
  private var variable: String?
  private(set) var arguments: [DatabaseValue] = []
  /// Whether the filter asks for an engagement: only then are the records of other organizations listed too.
  private(set) var namesEngagement = false

  /// The condition of a filter, its arguments, and whether it asks for an engagement.
  static func compile(_ text: String) throws -> (sql: String, arguments: [DatabaseValue], namesEngagement: Bool) {
    var filter = ODataFilter(tokens: try tokens(text))
    let sql = try filter.disjunction()
    if let rest = filter.current { throw invalid("unexpected '\(rest)' in $filter") }
    return (sql, filter.arguments, filter.namesEngagement)
  }

  private init(tokens: [String]) { self.tokens = tokens }

  static func invalid(_ message: String) -> Refusal {
    Refusal(status: 400, code: "invalidRequest", message: message, fields: ["query"])
  }

  private var current: String? { position < tokens.count ? tokens[position] : nil }

  private mutating func take(_ token: String) -> Bool {
    guard current?.lowercased() == token else { return false }
    position += 1
    return true
  }

  private mutating func next() throws -> String {
    guard let token = current else { throw ODataFilter.invalid("unexpected end of $filter") }
    position += 1
    return token
  }

  private mutating func demand(_ token: String) throws {
    if !take(token) { throw ODataFilter.invalid("expected '\(token)' before '\(current ?? "the end")' in $filter") }
  }

  private mutating func disjunction() throws -> String {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return "(" + parts.joined(separator: " OR ") + ")"
  }

  private mutating func conjunction() throws -> String {
    var parts = [try term()]
    while take("and") { parts.append(try term()) }
    return parts.joined(separator: " AND ")
  }

  private mutating func term() throws -> String {
    if take("not") { return "NOT " + (try term()) }
    if take("(") {
      let inner = try disjunction()
      try demand(")")
      return inner
    }
    let path = try next()
    if path.hasSuffix("/any"), current == "(" { return try any(String(path.dropLast(4))) }
    let column = try column(path)
    let comparison = try next().lowercased()
    let literal = try next()
    return try compare(column, path.hasSuffix("DateTime"), comparison, literal)
  }

  /// Compiles `team/any(t:t/email eq 'a@b.example')`, and `team/any()`, which is true of a list with elements.
  private mutating func any(_ path: String) throws -> String {
    try demand("(")
    if take(")") { return "EXISTS (SELECT 1 FROM json_each(body, '\(try pointer(path))'))" }
    let declared = try next()
    guard declared.hasSuffix(":"), variable == nil else { throw ODataFilter.invalid("expected 'name:' in any()") }
    let collection = try pointer(path)
    variable = String(declared.dropLast())
    let inner = try disjunction()
    variable = nil
    try demand(")")
    return "EXISTS (SELECT 1 FROM json_each(body, '\(collection)') element WHERE \(inner))"
  }

  private mutating func column(_ path: String) throws -> String {
    if let variable {
      guard path.hasPrefix(variable + "/") else { throw ODataFilter.invalid("'\(path)' must start with \(variable)/") }
      return "json_extract(element.value, '\(try pointer(String(path.dropFirst(variable.count + 1)), isRoot: false))')"
    }
    if path == "engagementId" {
      namesEngagement = true
      return "engagement"
    }
    return "json_extract(body, '\(try pointer(path))')"
  }

  private func pointer(_ path: String, isRoot: Bool = true) throws -> String {
    let steps = path.split(separator: "/").map(String.init)
    guard let first = steps.first, steps.allSatisfy({ $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }),
      !isRoot || ReferralShape.rootNames.contains(first)
    else { throw ODataFilter.invalid("Could not find a property named '\(path)' on type 'Referral'.") }
    return "$." + steps.joined(separator: ".")
  }

  private mutating func compare(
    _ column: String, _ isMoment: Bool, _ comparison: String, _ literal: String
  ) throws -> String {
    let operators = ["eq": "IS", "ne": "IS NOT", "gt": ">", "ge": ">=", "lt": "<", "le": "<="]
    guard let sql = operators[comparison] else {
      throw ODataFilter.invalid("'\(comparison)' is not a supported operator")
    }
    if isMoment {
      if literal.lowercased() == "null" {
        arguments.append(.null)
      } else {
        arguments.append(try ODataFilter.moment(literal).databaseValue)
      }
      return "COALESCE(rtrim(\(column), 'Z') \(sql) ?, 0)"
    }
    arguments.append(value(literal, isGUID: column == "engagement"))
    return "COALESCE(\(column) \(sql) ?, 0)"
  }

  /// A date-time as records hold theirs, in UTC without `Z` and without zeros at the end of the fraction.
  private static func moment(_ literal: String) throws -> String {
    guard literal.contains("T"), let stamp = Stamp(iso: literal) else {
      throw invalid("'\(literal)' is not a date-time")
    }
    var fraction = literal.split(separator: ".").dropFirst().first.map { $0.prefix { $0.isNumber } } ?? ""
    while fraction.last == "0" { fraction.removeLast() }
    return stamp.zulu.dropLast() + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  private func value(_ literal: String, isGUID: Bool) -> DatabaseValue {
    if literal.hasPrefix("'") {
      let text = String(literal.dropFirst().dropLast()).replacing("''", with: "'")
      return (isGUID ? text.lowercased() : text).databaseValue
    }
    if isGUID { return literal.lowercased().databaseValue }
    switch literal.lowercased() {
    case "true": return 1.databaseValue
    case "false": return 0.databaseValue
    case "null": return .null
    default: return Double(literal)?.databaseValue ?? literal.databaseValue
    }
  }

  /// Cuts a filter into parentheses, quoted texts with their quotes, and words; `name:` keeps its colon.
  private static func tokens(_ text: String) throws -> [String] {
    var tokens: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "(" || first == ")" {
        tokens.append(String(rest.removeFirst()))
      } else if first == "'" {
        tokens.append(try quoted(&rest))
      } else {
        tokens.append(word(&rest))
      }
    }
    return tokens
  }

  private static func quoted(_ rest: inout Substring) throws -> String {
    var token = String(rest.removeFirst())
    while let character = rest.first {
      rest.removeFirst()
      token.append(character)
      if character == "'" {
        guard rest.first == "'" else { return token }
        token.append(rest.removeFirst())
      }
    }
    throw invalid("unterminated text in $filter")
  }

  private static func word(_ rest: inout Substring) -> String {
    var token = ""
    while let character = rest.first, !character.isWhitespace, !"()'".contains(character) {
      token.append(rest.removeFirst())
      if character == ":", rest.first?.isNumber != true { break }
    }
    return token
  }
}
