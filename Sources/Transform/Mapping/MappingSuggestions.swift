package import Model

/// Rows of `fields.csv` that an org suggests by the names of its fields.
///
/// A suggestion is printed for a person and never written into a file.
package struct MappingSuggestions {
  private let mapping: Mapping
  private let org: OrgFields

  /// Suggestions for a mapping, out of what an org says of itself.
  package init(_ mapping: Mapping, for org: OrgFields) {
    self.mapping = mapping
    self.org = org
  }

  /// A row that could take the place of one that is there, or be added.
  package struct Suggestion: Sendable, Hashable {
    /// Why, in one sentence.
    package let reason: String
    /// The row as it would stand in `fields.csv`.
    package let row: String
  }

  /// Every suggestion, in the order of the rows that it concerns.
  package var all: [Suggestion] {
    mapping.fields.compactMap(replacement) + Self.additions.compactMap(addition)
  }

  /// Another field for a row whose own the org lacks, or that names none.
  private func replacement(_ rule: FieldRule) -> Suggestion? {
    let object = rule.salesforceField?.object ?? .opportunity
    if let field = rule.salesforceField, org[object.rawValue, field.name] != nil { return nil }
    guard rule.salesforceField != nil || rule.reserved == .lossReason || rule.label == "Sales stage",
      let words = Self.words[rule.label], let found = best(words, in: object)
    else { return nil }
    let missing = rule.salesforceField.map { "the org has no \($0); " } ?? ""
    let target = SalesforceField(object, found.name)
    return Suggestion(
      reason: "\(missing)\(target) is labelled \"\(found.label)\"",
      row: row(
        rule.label, rule.referralPath.description, target, rule.toSalesforce, rule.toPartnerCenter, word(rule, found)))
  }

  /// A field for a path of the referral that no row names.
  private func addition(_ wanted: (label: String, path: String, words: [String])) -> Suggestion? {
    guard !mapping.fields.contains(where: { $0.referralPath.alternatives.contains(wanted.path) }),
      let found = best(wanted.words, in: .opportunity)
    else { return nil }
    let target = SalesforceField(.opportunity, found.name)
    return Suggestion(
      reason: "\(target) is labelled \"\(found.label)\", and no row names \(wanted.path)",
      row: row(wanted.label, wanted.path, target, .never, .create, "text"))
  }

  /// The field whose name or label holds one of the words, the earlier word first.
  private func best(_ words: [String], in object: SalesforceObject) -> OrgFields.Field? {
    // What a lookup holds is an id, which means nothing to Partner Center.
    let fields = org.fields(of: object.rawValue).filter { $0.kind != .reference || $0.name == "CampaignId" }
    for word in words {
      let found = fields.first { Self.folded($0.label) == word } ?? fields.first { Self.folded($0.name).contains(word) }
      if let found { return found }
    }
    return nil
  }

  private func word(_ rule: FieldRule, _ field: OrgFields.Field) -> String {
    rule.reserved == .lossReason && field.kind == .picklist ? "map:close-reasons.csv" : rule.transform.word
  }

  private func row(
    _ label: String, _ path: String, _ field: SalesforceField, _ toSalesforce: Direction, _ toPartnerCenter: Direction,
    _ transform: String
  ) -> String {
    "\(label),\(path),\(field),\(toSalesforce.rawValue),\(toPartnerCenter.rawValue),\(transform),hold,keep,"
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// What the field of a row may be called, in letters and digits alone.
  private static let words: [String: [String]] = [
    "Deal value": ["dealvalue", "cosellvalue", "amount"],
    "Deal value currency code": ["currencyiso", "dealcurrency", "currency"],
    "Customer account country code": ["billingcountrycode", "countrycode", "billingcountry"],
    "Loss reason": ["lossreason", "lostreason", "closedlostreason", "reason"],
    "Microsoft help": ["howcanmicrosofthelp", "microsofthelp"],
    "Referral visibility": ["visibletomicrosoft", "referralvisib"],
    "Microsoft CRM identifier": ["microsoftcrmid", "msxid"],
    "Referral identifier": ["referralid", "referralidentifier"], "Referral link": ["referrallink"],
    "Sync with Partner Center": ["syncwithpartnercenter", "syncpartnercenter"], "Audit": ["audit"],
  ]

  /// Paths that the shipped rows leave out, and what a field for them may be called.
  private static let additions: [(label: String, path: String, words: [String])] = [
    ("Campaign", "campaignId", ["campaignid"]),
    ("Partner role", "attributes.PartnerRole", ["partnerrole"]),
    ("Solution area", "attributes.SolutionArea", ["solutionarea"]),
    ("Solution play", "attributes.SolutionPlay", ["solutionplay"]),
    ("Note to Microsoft", "inviteContext.notes", ["notetomicrosoft", "helpnote"]),
  ]
}
