import Model

/// The merge of one pair's mapped fields.
struct FieldMerge {
  let mapping: Mapping
  let referral: Record
  let opportunity: Record
  let base: AgreedValues
  let organizationID: String
  let access: Access
  let plan: MergePlan

  /// What the pair's state leaves open.
  struct Access {
    /// The opportunity waits in the on-hold stage, or the referral is declined from there: nothing of it is sent (R57).
    var isOnHold = false
    /// The referral is closed for good: nothing is sent (R65).
    var isTerminal = false
    /// A lead that *Sync Co-sell opportunity* keeps out of Salesforce (R3).
    var isFilteredLead = false
    /// The referral is not accepted yet; what is sent goes along with the acceptance (R59).
    var ridesWithAccept = false
  }

  /// What came of the merge.
  struct Result {
    var changes: [Change] = []
    var agreed: AgreedValues
    /// Differences that are reported and nothing else, as `label: reason`.
    var notes: [(code: Code, text: String)] = []
    /// What the reader should know besides, without being a difference of the pair.
    var remarks: [String] = []
    /// The first value that could not be read; the pair is quarantined for it.
    var unreadable: String?
  }

  /// Nothing merged yet, among the labels of the base.
  var beginning: Result { Result(agreed: AgreedValues(labels: base.labels)) }

  /// Merges every mapped field.
  func run() -> Result {
    var result = beginning
    for field in plan.fields where field.isMapped { merge(field, into: &result) }
    if result.changes.contains(where: { $0.action == .requestHelp }) {
      // The request makes the deal visible by itself (R35).
      result.changes.removeAll { $0.action == .raiseVisibility }
    }
    return result
  }

  /// Merges one mapped field.
  func merge(_ field: MappedField, into result: inout Result) {
    if field.rule.isNote { return addNote(field.rule, into: &result) }
    do throws(UnreadableValue) {
      let values = try read(field)
      merge(field, partnerCenter: values.partnerCenter, salesforce: values.salesforce, into: &result)
    } catch {
      result.unreadable = result.unreadable ?? "\(field.rule.label): \(error)"
    }
  }

  /// Both sides' values of a field.
  func read(_ field: MappedField) throws(UnreadableValue) -> (partnerCenter: Value, salesforce: Value) {
    let raw = opportunity[field.opportunityColumn]
    switch field.reserved {
    case .dealName:
      // The mark is no part of the name (R104), and Salesforce holds 120 characters of it (R101).
      let own = try field.rule.transform.read(referral.first(at: field.referralColumns), from: .partnerCenter)
      return (Value(NameMark.fitting(own.text)), Value(NameMark.strip(raw)))
    case .referralLink:
      // Filled where it is empty (R21); a link that is there leads to the deal as well, whoever wrote it.
      let known = Value(raw)
      return (known.isNone ? Value(mapping.settings.referralLink(id: referral.id)) : known, known)
    case .crmIdentifier:
      let named = referral.first(at: field.referralColumns)
      return (Value(SalesforceID.normalized(named) ?? named), Value(opportunity.id))
    case .referralIdentifier:
      return (Value(referral.id), Value(raw.lowercased()))
    default:
      return (
        try field.rule.transform.read(referral.first(at: field.referralColumns), from: .partnerCenter),
        try field.rule.transform.read(raw, from: .salesforce)
      )
    }
  }

  private func merge(
    _ field: MappedField, partnerCenter: Value, salesforce: Value, into result: inout Result
  ) {
    if partnerCenter.text == salesforce.text { return agree(partnerCenter, on: field, into: &result) }
    let rule = field.rule
    let base = agreed(on: field).map { Value($0) }
    let routes = routes(of: field)
    let decision =
      access.isTerminal && base == nil && partnerCenter != salesforce
      ? .differs(.closedInPartnerCenter)
      : ThreeWay.decide(base: base, partnerCenter: partnerCenter, salesforce: salesforce, routes: routes)
    let row = FieldRow(
      rule: rule, referral: referral, opportunity: opportunity, base: base?.text ?? "", partnerCenter: partnerCenter,
      salesforce: salesforce, routes: routes, access: access)
    switch decision {
    case .same:
      agree(partnerCenter, on: field, into: &result)
    case .toSalesforce(let code):
      row.write(.toSalesforce, code, into: &result)
    case .toPartnerCenter where rule.reserved == .microsoftHelp && !salesforce.isNone:
      askForHelp(salesforce, base?.text ?? "", partnerCenter, into: &result)
    case .toPartnerCenter(let code):
      row.write(.toPartnerCenter, code, into: &result)
    case .conflict(let code):
      row.conflict(code, into: &result)
    case .differs(let code):
      result.notes.append((access.isTerminal ? .closedInPartnerCenter : code, row.difference))
    }
  }

  /// What both sides last agreed on; nil where nothing was.
  private func agreed(on field: MappedField) -> String? {
    if let place = field.place { base[place] } else { base[field.rule.label] }
  }

  private func agree(_ value: Value, on field: MappedField, into result: inout Result) {
    if let place = field.place {
      result.agreed[place] = value.text
    } else {
      result.agreed[field.rule.label] = value.text
    }
  }

  /// A text that was not noted yet becomes a note (R90).
  private func addNote(_ rule: FieldRule, into result: inout Result) {
    guard rule.toSalesforce == .always, !access.isFilteredLead, let row = NoteRow(rule: rule, referral: referral).row,
      base[rule.label] != row.new
    else { return }
    result.changes.append(row)
  }

  /// Asking for help is more than a field's value: Microsoft gets a record of its own (R36, R77).
  private func askForHelp(_ help: Value, _ base: String, _ partnerCenter: Value, into result: inout Result) {
    let row = HelpRow(
      mapping: mapping, referral: referral, opportunity: opportunity, organizationID: organizationID, access: access)
    switch row.row(for: help, replacing: base, in: partnerCenter) {
    case .success(let change): result.changes.append(change)
    case .failure(let problem): result.notes.append((problem.code, problem.text))
    }
  }

  private func routes(of field: MappedField) -> FieldRoutes {
    let intoSalesforce = field.routes.toSalesforce
    let intoPartnerCenter = field.routes.toPartnerCenter
    return FieldRoutes(
      toSalesforce: access.isFilteredLead && intoSalesforce != .never ? .onCreate : intoSalesforce,
      toPartnerCenter: (access.isOnHold && field.reserved != .crmIdentifier || access.isTerminal)
        && intoPartnerCenter != .never ? .onCreate : intoPartnerCenter)
  }
}
