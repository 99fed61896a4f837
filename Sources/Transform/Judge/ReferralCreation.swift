import JSON
import Model

/// The rows that make a referral out of an opportunity, or the checks that keep it from being sent (R24–R31).
struct ReferralCreation {
  let mapping: Mapping
  let opportunity: Record
  let organizationID: String

  /// The rows in the order in which they depend on each other, or every check that failed.
  func rows() -> Result<[Change], CreationProblem> {
    let checks = ReferralChecks(creation: self)
    let problems = checks.problems()
    guard let first = problems.first else { return .success([creation] + [link] + mark) }
    return .failure(CreationProblem(code: first.code, text: problems.map(\.text).joined(separator: "; ")))
  }

  /// A mapped field's value in Salesforce; nil when it cannot be read.
  func value(_ field: ReservedField) -> Value? { value(of: mapping.field(field)) }

  func value(of rule: FieldRule) -> Value? {
    guard let column = rule.salesforceField?.column else {
      return rule.reserved == .currency ? mapping.settings.defaultCurrency : Value.none
    }
    switch rule.reserved {
    case .dealName: return Value(NameMark.strip(opportunity[column]))
    case .crmIdentifier: return Value(opportunity.id)
    case .currency:
      let own = try? rule.transform.read(opportunity[column], from: .salesforce)
      // An org without several currencies has one for all deals (R85).
      return own == Value.none ? mapping.settings.defaultCurrency : own
    default: return try? rule.transform.read(opportunity[column], from: .salesforce)
    }
  }

  /// The help that the seller asks Microsoft for; nil when none is.
  var help: Value? {
    guard let value = value(.microsoftHelp), !value.isNone else { return nil }
    return value
  }

  /// Whether Microsoft's sellers see the deal; asking for help makes it visible (R34, R35).
  var isVisible: Bool { help != nil || value(.visibility) == Value("true") }

  var solutions: [DealSolution] { DealSolution.of(opportunity: opportunity).once(by: ListElements.label) }
  var contacts: [CustomerContact] { CustomerContact.of(opportunity: opportunity).once(by: ListElements.label) }

  /// The seller, as the deal's team in Partner Center (R31).
  var owner: CustomerContact {
    CustomerContact(
      firstName: opportunity["Owner.FirstName"], lastName: opportunity["Owner.LastName"],
      phone: opportunity["Owner.Phone"], email: opportunity["Owner.Email"], isPrimary: true)
  }

  /// The deal's team: the owner, and every complete member of the opportunity's team (R31, R91).
  private var team: [CustomerContact] {
    guard mapping.settings.syncTeam.goes(.toPartnerCenter) else { return [owner] }
    return [owner] + CustomerContact.team(ofOpportunity: opportunity).filter { $0.key != owner.key && $0.isComplete }
  }

  private var creation: Change {
    let kind = help != nil ? "co-sell" : isVisible ? "partner-led" : "private"
    let risk: Risk = isVisible ? .irreversible : .normal
    let warning = isVisible ? "; visible to Microsoft's sellers for good" : ""
    let own = document
    return Change(
      .createReferral, .toPartnerCenter,
      values: Change.Values(salesforce: NameMark.strip(opportunity["Name"]), new: kind),
      because: Change.Grounds(
        .newFromSalesforce, rule: help == nil ? "R24" : "R36", risk: risk,
        "ticked and not shared yet: a \(kind) referral is created\(warning)"),
      effect: .createReferral(
        ReferralDraft(
          body: own.value.text, connected: help == nil ? nil : connected(own).value.text,
          externalReferenceID: opportunity.id)),
      settles: agreed)
  }

  /// The values that both sides hold once the referral is created.
  private var agreed: [String: String] {
    var result = [StatusRows.stageLabel: "open"]
    for rule in mapping.fields where rule.toPartnerCenter != .never && rule.isPaired {
      if let value = value(of: rule), !value.isNone { result[rule.label] = value.text }
    }
    for solution in solutions { result[ListElements.label(solution)] = ListElements.present }
    for member in team { result[ListElements.memberLabel(member)] = ListElements.present }
    for contact in contacts { result[ListElements.label(contact)] = ListElements.present }
    return result
  }

  /// The body of the own referral.
  private var document: JSONDocument {
    var body = JSONDocument()
    body.set("name", .string(NameMark.strip(opportunity["Name"])))
    body.set("externalReferenceId", .string(opportunity.id))
    body.set("qualification", .string("SalesQualified"))
    body.set("type", .string(help == nil ? "Independent" : "Shared"))
    for rule in mapping.fields where rule.toPartnerCenter != .never {
      guard let path = rule.referralPath.written, ServicesAttribute(path: path) == nil, let value = value(of: rule),
        !value.isNone
      else { continue }
      body.set(path, JSONValue(rule.transform.write(value, to: .partnerCenter)))
    }
    if !contacts.isEmpty { body.set("customerProfile.team", .array(contacts.map(\.json))) }
    body.set("consent.consentToToShareInfoWithOthers", .bool(mapping.settings.agreedToShare))
    body.set("consent.consentToContact", .bool(mapping.settings.agreedToContact))
    body.set("consent.consentToShareReferralWithMicrosoftSellers", .bool(isVisible))
    body.set("details.requirements.solutions", .array(solutions.map(\.json)))
    let intent = [("CustomerMarketplaceIntent", mapping.settings.marketplaceIntent.rawValue)]
    let attributes = (intent + services.map { ($0.key.rawValue, $0.value) }).map { type, id in
      JSONValue.object([JSONMember("type", .string(type)), JSONMember("id", .string(id))])
    }
    body.set("details.requirements.additionalRequirements.attributes", .array(attributes))
    body.set("team", .array(team.map(\.json)))
    body.set("target", .array(help == nil ? [] : targets("SolutionProfile", solutions.first?.id ?? "")))
    return body
  }

  /// What the opportunity says of a services deal, in the order of the cases (R42).
  var services: [(key: ServicesAttribute, value: String)] {
    ServicesAttribute.allCases.compactMap { attribute in
      let rule = mapping.fields.first { $0.referralPath.written == attribute.path && $0.toPartnerCenter != .never }
      guard let rule, let value = value(of: rule), !value.isNone else { return nil }
      return (attribute, value.text)
    }
  }

  /// Microsoft's connected referral for a deal that exists.
  var invitation: JSONDocument { connected(document) }

  /// Microsoft's connected referral: the same deal with the invitation, aimed at Microsoft (R36).
  private func connected(_ own: JSONDocument) -> JSONDocument {
    var body = own.without("externalReferenceId")
    body.set("status", .string("New"))
    body.set("substatus", .string("Pending"))
    body.set("target", .array(targets("BusinessProfileLocation", "msft")))
    body.set("inviteContext.invitedBy.organizationId", .string(organizationID))
    return body
  }

  private func targets(_ type: String, _ id: String) -> [JSONValue] {
    [.object([JSONMember("type", .string(type)), JSONMember("id", .string(id))])]
  }

  /// The new referral's id and link go into the opportunity (R12, R21).
  private var link: Change {
    let rule = mapping.field(.referralIdentifier)
    return Change(
      .link, .toSalesforce, field: rule.label, values: Change.Values(new: "the new referral's id"),
      because: Change.Grounds(.linkRecorded, rule: "R12 R21", "each side holds the other's id"),
      effect: .recordReferral(
        identifierField: rule.salesforceField?.name ?? "Referral_Identifier__c",
        linkField: mapping.field(.referralLink).salesforceField?.name,
        linkAddress: mapping.settings.referralLink(id: "{id}")))
  }

  private var mark: [Change] {
    MarkRow(mapping: mapping).following(opportunity, name: NameMark.strip(opportunity["Name"])).map { [$0] } ?? []
  }
}
