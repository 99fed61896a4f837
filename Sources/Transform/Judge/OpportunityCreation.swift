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
      return .success([creation(name, account, fields)] + contacts() + solutions() + [link, flag] + mark(name))
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
      case .existing: "under the account that matches by name and postal code"
      case .create: "with a new account, since none matches"
      }
    var writes = [FieldWrite("StageName", JSONValue.string(stage).text)] + fields
    if let field = mapping.field(.referralLink).salesforceField {
      writes.append(FieldWrite(field.name, JSONValue.string(mapping.settings.referralLink(id: referral.id)).text))
    }
    writes += defaults(for: .opportunity, besides: writes)
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
      guard isNew || rule.salesforceField?.object != .account else { continue }
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
        code: .accountAmbiguous, text: "several accounts match by name and postal code: \(ids)")
    }
    if let only = neighbours.accounts.first { return .existing(id: only.id) }
    let fields = try mappedFields(of: .account)
    guard fields.contains(where: { $0.name == "Name" }) else {
      throw CreationProblem(code: .nameMissing, text: "the referral names no customer")
    }
    return .create(fields + defaults(for: .account, besides: fields))
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

  /// Values for required fields that Partner Center does not know (R48).
  private func defaults(for object: SalesforceObject, besides writes: [FieldWrite]) -> [FieldWrite] {
    mapping.defaults.filter { value in
      value.object == object && !writes.contains { $0.name.lowercased() == value.field.lowercased() }
    }.map { FieldWrite($0.field, JSONValue.string($0.value).text) }
  }

  /// What of the referral is not carried over, each with its reason; the reviewer sees it on the creation's row.
  private var leftOut: [String] {
    let contacts = CustomerContact.of(referral: referral).compactMap { contact -> String? in
      let shown = contact.email.isEmpty ? contact.firstName : contact.email
      if contact.lastName.isEmpty { return "the contact \(shown) has no last name and is left out" }
      return matches(contact).count > 1 ? "several contacts have the address \(shown): none is attached" : nil
    }
    let solutions = DealSolution.of(referral: referral).compactMap { solution -> String? in
      matches(solution).count > 1
        ? "the catalogue holds \(solution.id) several times: the solution is left out" : nil
    }
    return contacts + solutions
  }

  private func matches(_ contact: CustomerContact) -> [Record] {
    neighbours.contacts[LookupKey.contact(email: contact.email)] ?? []
  }

  private func matches(_ solution: DealSolution) -> [Record] {
    neighbours.solutions[LookupKey.solution(identifier: solution.id)] ?? []
  }

  private func contacts() -> [Change] {
    CustomerContact.of(referral: referral).compactMap { contact in
      let matches = matches(contact)
      guard !contact.lastName.isEmpty, matches.count < 2 else { return nil }
      var fields = [
        ("FirstName", contact.firstName), ("LastName", contact.lastName), ("Phone", contact.phone),
        ("Email", contact.email),
      ].filter { !$0.1.isEmpty }.map { FieldWrite($0.0, JSONValue.string($0.1).text) }
      fields += defaults(for: .contact, besides: fields)
      let shown = "\(contact.firstName) \(contact.lastName) <\(contact.email)>"
      return Change(
        .addContact, .toSalesforce, field: "Contact", values: Change.Values(partnerCenter: shown, new: shown),
        because: Change.Grounds(.contactOfReferral, rule: "R50", "a contact of the customer in the referral"),
        effect: .addContact(
          ContactDraft(existing: matches.first?.id, fields: fields, isPrimary: contact.isPrimary)))
    }
  }

  private func solutions() -> [Change] {
    DealSolution.of(referral: referral).compactMap { solution in
      let matches = matches(solution)
      guard matches.count < 2 else { return nil }
      let fields = [
        ("Name", solution.name.isEmpty ? solution.id : solution.name), ("Solution_Identifier__c", solution.id),
        ("Type__c", solution.type.isEmpty ? "3P" : solution.type), ("Publisher_Name__c", solution.publisher),
      ].filter { !$0.1.isEmpty }.map { FieldWrite($0.0, JSONValue.string($0.1).text) }
      let shown = solution.name.isEmpty ? solution.id : "\(solution.name) (\(solution.id))"
      return Change(
        .addSolution, .toSalesforce, field: "Solution", values: Change.Values(partnerCenter: shown, new: shown),
        because: Change.Grounds(.solutionOfReferral, rule: "R51", "a solution of the referral"),
        effect: .addSolution(SolutionDraft(existing: matches.first?.id, fields: fields)))
    }
  }

  /// The new opportunity's id goes into the referral (R15).
  private var link: Change {
    Change(
      .link, .toPartnerCenter, field: mapping.field(.crmIdentifier).label,
      values: Change.Values(partnerCenter: referral["externalReferenceId"], new: "the new opportunity's id"),
      because: Change.Grounds(.linkRecorded, rule: "R15", "each side holds the other's id"),
      effect: .recordOpportunity)
  }

  /// The box is ticked on what comes from Partner Center (R2).
  private var flag: Change {
    let rule = mapping.field(.syncFlag)
    let field = rule.salesforceField?.name ?? "Sync_With_Partner_Center__c"
    return Change(
      .update, .toSalesforce, field: rule.label, values: Change.Values(new: "true"),
      because: Change.Grounds(.newFromPartnerCenter, rule: "R2", "ticked on what comes from Partner Center"),
      effect: .updateRecord(object: "Opportunity", id: "", fields: [FieldWrite(field, "true")]))
  }

  private func mark(_ name: String) -> [Change] {
    MarkRow(mapping: mapping).following(nil, name: NameMark.fitting(name)).map { [$0] } ?? []
  }
}
