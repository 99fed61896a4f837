import Model

/// What each of Salesforce's error codes means, wherever it stands: the one table of it (R109).
struct SalesforceCode {
  /// Whether the same request may succeed later in this run (R110).
  enum Passing {
    /// It will be refused again.
    case never
    /// The record is busy, and nothing was done to it: any write may be sent again.
    case busyRecord
    /// The service is busy: a request that may be repeated freely may be sent again.
    case busyService
    /// Either too many long calls at once, which passes, or the daily quota, which does not.
    case quota
  }

  let code: Code
  let passing: Passing

  /// The meaning of a code as it is on the wire; nil for one that the HTTP status says better.
  ///
  /// Bulk jobs squeeze some of the names (`INVALIDJOBSTATE`), and their documentation spells them `InvalidJobState`.
  static func named(_ name: String) -> SalesforceCode? { table[name.uppercased()] }

  /// The codes that say that a query is too large for one answer, but not for a bulk job.
  static let askingForBulk: Set<String> = [
    "QUERY_TIMEOUT", "OPERATION_TOO_LARGE", "REQUEST_RUNNING_TOO_LONG", "QUERY_TOO_COMPLICATED",
  ]
  /// The codes by which an org or an object has no bulk jobs.
  static let lackingBulk: Set<String> = ["FEATURENOTENABLED", "INVALIDENTITY"]

  /// The whole table, by the codes in upper case.
  static let table: [String: SalesforceCode] = {
    var table: [String: SalesforceCode] = [:]
    for (code, passing, names) in groups {
      for name in names { table[name] = SalesforceCode(code: code, passing: passing) }
    }
    return table
  }()

  private static let groups: [(Code, Passing, [String])] = [
    (.signInRefused, .never, ["INVALID_SESSION_ID", "INVALIDSESSIONID", "INVALID_AUTH_HEADER"]),
    (.throttled, .quota, ["REQUEST_LIMIT_EXCEEDED"]),
    (.throttled, .busyRecord, ["UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS"]),
    (.throttled, .never, ["EXCEEDEDQUOTA", "LIMIT_EXCEEDED", "STORAGE_LIMIT_EXCEEDED", "TOOMANYLOCKFAILURE"]),
    (.serviceFailed, .busyService, ["SERVER_UNAVAILABLE", "TEMPORARY_QUERY_MORE_FAILURE"]),
    (
      .serviceFailed, .never,
      [
        "QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG", "OPERATION_TOO_LARGE", "TIMEOUT", "UNKNOWN_EXCEPTION", "UNKNOWN",
        "API_CURRENTLY_DISABLED", "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
      ]
    ),
    (.staleRecord, .never, ["MATCH_PRECONDITION_FAILED"]),
    (
      .recordGone, .never,
      ["NOT_FOUND", "NOTFOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "INVALID_ID_FIELD"]
    ),
    (
      .permissionRefused, .never,
      [
        "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "API_DISABLED_FOR_ORG",
        "TXN_SECURITY_METERING_ERROR", "FEATURENOTENABLED", "INVALIDUSER",
      ]
    ),
    (.identityDuplicate, .never, ["DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID"]),
    (.textTooLong, .never, ["STRING_TOO_LONG"]),
    (
      .notAttempted, .never,
      ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED", "BATCH_PROCESSING_HALTED"]
    ),
    (
      .snapshotIncomplete, .never,
      ["INVALID_QUERY_LOCATOR", "QUERY_LOCATOR_EXPIRED", "UNAUTHORIZED_USER_FOR_CURSOR"]
    ),
    (.requestRefused, .never, refusals),
  ]

  /// What a person has to correct: a value, a mapping, a rule of the org, or this tool.
  private static let refusals = [
    "FIELD_CUSTOM_VALIDATION_EXCEPTION", "INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE", "INVALID_TYPE",
    "MALFORMED_QUERY", "MALFORMED_ID", "JSON_PARSER_ERROR", "REQUIRED_FIELD_MISSING",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "FIELD_INTEGRITY_EXCEPTION", "FIELD_FILTER_VALIDATION_EXCEPTION",
    "NUMBER_OUTSIDE_VALID_RANGE", "INVALID_EMAIL_ADDRESS", "INVALID_CURRENCY_ISO", "TOO_MANY_ENUM_VALUE",
    "DUPLICATES_DETECTED", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "ENTITY_IS_LOCKED", "INACTIVE_OWNER_OR_USER",
    "QUERY_TOO_COMPLICATED", "EXCEEDED_ID_LIMIT", "MATCH_PRECONDITION_REQUIRED", "API_ERROR", "CLIENTINPUTERROR",
    "INVALIDBATCH", "INVALIDENTITY", "INVALIDJOB", "INVALIDJOBSTATE", "INVALIDOPERATION", "INVALIDURL", "INVALIDXML",
    "METHODNOTALLOWED",
  ]
}
