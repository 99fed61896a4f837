import JSON
import Model

/// The rows that make an opportunity out of a referral.
struct OpportunityCreation {
  let mapping: Mapping
  let referral: Record
  let state: ReferralState
  let neighbours: PairFacts.Neighbours

  /// The rows in the order in which they depend on each other, or why there are none.
  func rows() -> Result<[Change], CreationProblem> {
    do throws(CreationProblem) {
      let name = mapping.read(.dealName, of: referral)
      guard !name.isEmpty else { throw CreationProblem(code: .nameMissing, text: "the referral has no name") }
      let fields = try mappedFields(of: .opportunity)
      guard fields.contains(where: { $0.name == mapping.field(.closingDate).salesforceField?.name }) else {
        throw CreationProblem(
          code: .closeDateMissing, text: "the referral has no closing date, which Salesforce requires")
      }
      let account = try chooseAccount()
      return .success(
        [creation(name, account, fields)] + contacts() + solutions() + team() + notes() + [
          link, TickRow(mapping: mapping).ofNew,
        ]
          + mark(name))
    } catch {
      return .failure(error)
    }
  }

  private func creation(_ name: String, _ account: OpportunityDraft.Account, _ fields: [FieldWrite]) -> Change {
    let key = mapping.field(.referralIdentifier).salesforceField?.name ?? "Referral_Identifier__c"
    let stage = state == .new ? mapping.stage("New", "Received") : mapping.stage("Active", "Accepted")
    let rule = state == .new ? "R43" : "R44"
    let place =
      switch account {
      case .existing: "under the account that matches by \(mapping.settings.accountMatch.rawValue)"
      case .create: "with a new account, since none matches"
      }
    var writes = [FieldWrite("StageName", JSONValue.string(stage).text)] + fields
    if let field = mapping.field(.referralLink).salesforceField {
      writes.append(FieldWrite(field.name, JSONValue.string(mapping.settings.referralLink(id: referral.id)).text))
    }
    writes += mapping.defaults(for: .opportunity, besides: writes)
    return Change(
      .createOpportunity, .toSalesforce, values: Change.Values(partnerCenter: name, new: stage),
      because: Change.Grounds(
        .newFromPartnerCenter, rule: rule,
        (["no opportunity belongs to the referral", place] + leftOut).joined(separator: "; ")),
      effect: .createOpportunity(
        OpportunityDraft(account: account, keyField: key, key: referral.id, fields: writes)),
      settles: agreed(account))
  }

  /// The values that both sides hold once the opportunity is created; an account that is there already keeps its own.
  private func agreed(_ account: OpportunityDraft.Account) -> [String: String] {
    let isNew = if case .create = account { true } else { false }
    var result = [StatusRows.stageLabel: "open"]
    for rule in mapping.fields where rule.toSalesforce != .never && rule.isPaired {
      guard isNew || rule.salesforceField?.object != .account, !rule.isNote else { continue }
      if let value = try? rule.transform.read(referral.first(of: rule.referralPath.alternatives), from: .partnerCenter)
      {
        result[rule.label] = rule.reserved == .dealName ? NameMark.fitting(value.text) : value.text
      }
    }
    return result
  }

  /// The one account that matches, or the fields of a new one; several are for a person (R45, R46).
  private func chooseAccount() throws(CreationProblem) -> OpportunityDraft.Account {
    guard neighbours.accounts.count < 2 else {
      let ids = neighbours.accounts.map(\.id).joined(separator: ", ")
      throw CreationProblem(
        code: .accountAmbiguous, text: "several accounts match by \(mapping.settings.accountMatch.rawValue): \(ids)")
    }
    if let only = neighbours.accounts.first { return .existing(id: only.id) }
    let fields = try mappedFields(of: .account)
    guard fields.contains(where: { $0.name == "Name" }) else {
      throw CreationProblem(code: .nameMissing, text: "the referral names no customer")
    }
    return .create(
      fields + mapping.defaults(for: .account, besides: fields), match: mapping.settings.accountMatch)
  }

  /// Every mapped field of an object that the referral has a value for.
  private func mappedFields(of object: SalesforceObject) throws(CreationProblem) -> [FieldWrite] {
    var result: [FieldWrite] = []
    for rule in mapping.fields where rule.toSalesforce != .never && rule.isPaired {
      guard let field = rule.salesforceField, field.object == object, rule.reserved != .referralIdentifier,
        rule.reserved != .dealValue || !mapping.settings.hasCalculatedDealValue
      else { continue }
      do {
        let value = try rule.transform.read(
          referral.first(of: rule.referralPath.alternatives), from: .partnerCenter)
        guard !value.isNone else { continue }
        let text = rule.reserved == .dealName ? Value(NameMark.fitting(value.text)) : value
        result.append(FieldWrite(field.name, FieldWriting(rule: rule).json(text, for: .salesforce)))
      } catch {
        throw CreationProblem(code: .valueUnreadable, text: "\(rule.label): \(error)")
      }
    }
    return result
  }

  /// What of the referral is not carried over, each with its reason; the reviewer sees it on the creation's row.
  private var leftOut: [String] {
    let named = CustomerContact.of(referral: referral)
    return named.once(by: ListElements.label).compactMap(elements.obstacle) + elements.twins(named)
      + DealSolution.of(referral: referral).compactMap(elements.obstacle)
  }

  private var elements: ListElements { ListElements(mapping: mapping, neighbours: neighbours) }

  private func contacts() -> [Change] {
    elements.attachable(CustomerContact.of(referral: referral), besides: []).map(elements.row)
  }

  /// The texts that become notes of the new opportunity (R90).
  private func notes() -> [Change] {
    mapping.fields.filter { $0.isNote && $0.toSalesforce != .never }
      .compactMap { NoteRow(rule: $0, referral: referral).row }
  }

  /// Members of the referral's team who are users of the org; the owner of the new opportunity is not known yet (R91).
  private func team() -> [Change] {
    guard mapping.settings.syncTeam.goes(.toSalesforce) else { return [] }
    return CustomerContact.team(ofReferral: referral).once(by: ListElements.memberLabel).compactMap(elements.memberRow)
  }

  private func solutions() -> [Change] {
    DealSolution.of(referral: referral).once(by: ListElements.label).filter { elements.obstacle($0) == nil }
      .map(elements.row)
  }

  /// The new opportunity's id goes into the referral (R15).
  private var link: Change {
    Change(
      .link, .toPartnerCenter, field: mapping.field(.crmIdentifier).label,
      values: Change.Values(partnerCenter: referral["externalReferenceId"], new: "the new opportunity's id"),
      because: Change.Grounds(.linkRecorded, rule: "R15", "each side holds the other's id"),
      effect: .recordOpportunity)
  }

  private func mark(_ name: String) -> [Change] {
    MarkRow(mapping: mapping).following(nil, name: NameMark.fitting(name)).map { [$0] } ?? []
  }
}
