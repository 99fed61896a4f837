/// A parsed SOQL statement.
struct SoqlQuery: Sendable, Equatable {
  /// Whether the statement counts or sums up rows rather than listing them.
  var isAggregate: Bool {
    !groups.isEmpty
      || items.contains { if case .aggregate = $0 { true } else { false } }
  }

  var items: [SoqlItem]
  var isCount = false
  var source: String
  /// Another name of the source within the statement.
  var alias: String?
  var condition: SoqlCondition?
  /// The fields of GROUP BY.
  var groups: [[String]] = []
  var order: [SoqlOrder] = []
  var limit: Int?
  var offset: Int?
}

/// One thing selected.
enum SoqlItem: Sendable, Equatable {
  /// A field or a path through parents, such as `Account.Name`.
  case path([String])
  /// The children under a relationship name.
  case children(SoqlQuery)
  /// `COUNT(Id) n`; the name is `expr0` and so on where the statement gives none.
  case aggregate(SoqlFunction, [String], name: String)
  /// `TYPEOF … END`, which is read and refused.
  case typeOf
  /// `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`.
  case fields(SoqlFieldGroup)
}

/// The groups that `FIELDS()` can name.
enum SoqlFieldGroup: String, Sendable {
  case all = "ALL"
  case standard = "STANDARD"
  case custom = "CUSTOM"
}

/// The functions over several rows.
enum SoqlFunction: String, Sendable {
  case count = "COUNT"
  case countDistinct = "COUNT_DISTINCT"
  case sum = "SUM"
  case average = "AVG"
  case least = "MIN"
  case greatest = "MAX"
}

/// What `WHERE` demands.
indirect enum SoqlCondition: Sendable, Equatable {
  case all([SoqlCondition])
  case any([SoqlCondition])
  case not(SoqlCondition)
  case compare([String], SoqlOperator, SoqlLiteral)
  case among([String], [SoqlLiteral], negated: Bool)
  /// One of several combinations, each of which a multi-select list must hold whole.
  case includes([String], [[String]], negated: Bool)
  case amongSelected([String], SoqlQuery, negated: Bool)
}

/// The comparison operators.
enum SoqlOperator: String, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
  case like = "LIKE"
}

/// A value written in a statement.
enum SoqlLiteral: Sendable, Equatable {
  case null
  case bool(Bool)
  case text(String)
  case number(String)
  case moment(String)
  /// A named day such as `TODAY` or `LAST_N_DAYS:7`.
  case relative(String, Int?)
}

/// One column of `ORDER BY`.
struct SoqlOrder: Sendable, Equatable {
  let path: [String]
  let descending: Bool
  /// Nil where the statement does not say; nulls then come first.
  let nullsLast: Bool
}

extension SoqlCondition {
  /// Whether the condition is a semi-join or holds one.
  var isSemiJoin: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.isSemiJoin)
    case .not(let inner): inner.isSemiJoin
    case .amongSelected: true
    case .compare, .among, .includes: false
    }
  }

  /// Whether the condition, wherever it stands, names one of some fields by equality or in a list.
  func pins(_ fields: Set<String>) -> Bool {
    switch self {
    case .all(let parts): parts.contains { $0.pins(fields) }
    case .compare(let path, .equal, _), .among(let path, _, false), .amongSelected(let path, _, false):
      fields.contains(path.last?.lowercased() ?? "")
    case .any, .not, .compare, .among, .amongSelected, .includes: false
    }
  }
}
