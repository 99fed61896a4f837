/// A parsed SOQL statement.
struct SoqlQuery: Sendable, Equatable {
  var items: [SoqlItem]
  var isCount = false
  var source: String
  var condition: SoqlCondition?
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
  /// `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`.
  case fields(SoqlFieldGroup)
}

/// The groups that `FIELDS()` can name.
enum SoqlFieldGroup: String, Sendable {
  case all = "ALL"
  case standard = "STANDARD"
  case custom = "CUSTOM"
}

/// What `WHERE` demands.
indirect enum SoqlCondition: Sendable, Equatable {
  case all([SoqlCondition])
  case any([SoqlCondition])
  case not(SoqlCondition)
  case compare([String], SoqlOperator, SoqlLiteral)
  case among([String], [SoqlLiteral], negated: Bool)
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
