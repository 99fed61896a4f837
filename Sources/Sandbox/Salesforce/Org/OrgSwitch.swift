/// The names under which `POST /_sandbox/org` sets how the org is made and what goes wrong with its rows.
enum OrgSwitch: String, CaseIterable, Sendable {
  // How the org is made.
  case multiCurrency = "multi_currency"
  case stateCountryPicklists = "state_country_picklists"
  case opportunityTeams = "opportunity_teams"
  case packageRules = "package_rules"
  case oldHelpWording = "old_help_wording"
  case uniqueReferralIdentifier = "unique_referral_identifier"
  case viewAllData = "view_all_data"

  // Sign-in and quota.
  case sessionSeconds = "session_seconds"
  case sessionRefusal = "session_refusal"
  case rotateRefreshTokens = "rotate_refresh_tokens"
  case signInRefusal = "sign_in_refusal"
  case appCertificate = "app_certificate"
  case apiUsed = "api_used"
  case apiAllowed = "api_allowed"

  // Paging and jobs.
  case pageSize = "page_size"
  case childPageSize = "child_page_size"
  case locatorSeconds = "locator_seconds"
  case bulkMaxRecords = "bulk_max_records"
  case bulkPolls = "bulk_polls"
  case bulkRowsPerPoll = "bulk_rows_per_poll"
  case bulkEnd = "bulk_end"
  case bulkEndAfterRows = "bulk_end_after_rows"
  case shuffleResults = "shuffle_results"

  // What goes wrong with rows.
  case lockedRows = "locked_rows"
  case failChunks = "fail_chunks"
  case validationRules = "validation_rules"
  case duplicateRules = "duplicate_rules"
  case hiddenFields = "hidden_fields"
  case hiddenObjects = "hidden_objects"
  case readOnlyObjects = "read_only_objects"
  case storageFull = "storage_full"

  /// What values a switch can hold.
  enum Form: Sendable {
    case flag
    case number(ClosedRange<Int>)
    case choice([String])
    /// A certificate in PEM form, or an empty text.
    case certificate
    /// A list of texts.
    case names
    /// Record ids with a number each.
    case counts
    /// A list of objects, each of which has at least these members, all texts, and may have the others.
    case rules(needed: [String], others: [String])
  }

  var form: Form {
    switch self {
    case .multiCurrency, .stateCountryPicklists, .opportunityTeams, .packageRules, .oldHelpWording,
      .uniqueReferralIdentifier, .viewAllData, .rotateRefreshTokens, .shuffleResults, .storageFull:
      .flag
    case .sessionSeconds, .locatorSeconds: .number(1...31_536_000)
    case .sessionRefusal: .choice(["none", "not_for_rest", "not_attached_to_agent"])
    case .signInRefusal:
      .choice(["none", "inactive_user", "inactive_org", "invalid_app_access", "rate_limit_exceeded"])
    case .appCertificate: .certificate
    case .apiUsed, .bulkEndAfterRows, .failChunks: .number(0...1_000_000_000)
    case .apiAllowed, .bulkMaxRecords, .bulkRowsPerPoll: .number(1...1_000_000_000)
    case .pageSize, .childPageSize: .number(1...2000)
    case .bulkPolls: .number(0...1000)
    case .bulkEnd: .choice(["complete", "failed", "aborted"])
    case .lockedRows: .counts
    case .hiddenFields, .hiddenObjects, .readOnlyObjects: .names
    case .validationRules: .rules(needed: ["object", "field", "message"], others: ["value"])
    case .duplicateRules: .rules(needed: ["object", "field"], others: ["action"])
    }
  }

  /// The value in a new org.
  var initial: JSONValue {
    switch self {
    case .multiCurrency, .opportunityTeams, .viewAllData: true
    case .stateCountryPicklists, .packageRules, .oldHelpWording, .uniqueReferralIdentifier, .rotateRefreshTokens,
      .shuffleResults, .storageFull:
      false
    case .sessionSeconds: 7200
    case .sessionRefusal, .signInRefusal: "none"
    case .appCertificate: ""
    case .apiUsed, .bulkEndAfterRows, .failChunks: 0
    case .apiAllowed: 100_000
    case .pageSize, .childPageSize: 2000
    case .locatorSeconds: 172_800
    case .bulkMaxRecords: 100_000
    case .bulkPolls: 2
    case .bulkRowsPerPoll: 10_000
    case .bulkEnd: "complete"
    case .lockedRows: [:]
    case .validationRules, .duplicateRules, .hiddenFields, .hiddenObjects, .readOnlyObjects: []
    }
  }

  /// Whether describe answers otherwise when the switch is set otherwise.
  var changesSchema: Bool {
    switch self {
    case .multiCurrency, .stateCountryPicklists, .opportunityTeams, .oldHelpWording, .uniqueReferralIdentifier,
      .hiddenFields, .hiddenObjects, .readOnlyObjects:
      true
    case .packageRules, .viewAllData, .sessionSeconds, .sessionRefusal, .rotateRefreshTokens, .signInRefusal,
      .appCertificate, .apiUsed, .apiAllowed, .pageSize, .childPageSize, .locatorSeconds, .bulkMaxRecords, .bulkPolls,
      .bulkRowsPerPoll, .bulkEnd, .bulkEndAfterRows, .shuffleResults, .lockedRows, .failChunks, .validationRules,
      .duplicateRules, .storageFull:
      false
    }
  }

  /// - Throws: a `Refusal` when the switch cannot hold the value.
  func check(_ value: JSONValue) throws {
    let wish: String? =
      switch form {
      case .flag: value.bool == nil ? "true or false" : nil
      case .number(let range):
        value.int.map(range.contains) == true ? nil : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      case .choice(let choices):
        value.string.map(choices.contains) == true ? nil : "one of \(choices.joined(separator: ", "))"
      case .certificate:
        value == "" || value.string.flatMap(AppCertificate.init) != nil
          ? nil : "a self-signed certificate of an RSA key in PEM form"
      case .names: value.array?.allSatisfy { $0.string != nil } == true ? nil : "a list of texts"
      case .counts:
        value.object?.members.allSatisfy { SalesforceID.normalized($0) != nil && ($1.int ?? -1) >= 0 } == true
          ? nil : "an object of record ids with a number of attempts each"
      case .rules(let needed, let others): OrgSwitch.wish(value, needed, others)
      }
    if let wish { throw Refusal(status: 400, code: "BAD_SWITCH", message: "\(rawValue) must be \(wish)") }
  }

  private static func wish(_ value: JSONValue, _ needed: [String], _ others: [String]) -> String? {
    let isGood = value.array?.allSatisfy { rule in
      guard let members = rule.object else { return false }
      return needed.allSatisfy { members[$0]?.string != nil }
        && members.keys.allSatisfy { needed.contains($0) || others.contains($0) }
    }
    return isGood == true ? nil : "a list of objects with \((needed + others).joined(separator: ", "))"
  }
}
