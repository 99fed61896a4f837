import JSON
import Model

/// The rows that make a lead of Salesforce out of a referral (R49).
struct LeadCreation {
  let mapping: Mapping
  let referral: Record

  /// The field of a lead that holds the referral's id, as Microsoft's package brings it.
  static let keyField = "Referral_Identifier__c"

  /// The lead and the link back, or why there is none.
  func rows() -> Result<[Change], CreationProblem> {
    let contact = CustomerContact.of(referral: referral).first
    guard let contact, !contact.lastName.isEmpty else {
      return .failure(
        CreationProblem(
          code: .contactMissing, text: "a lead needs the last name of a customer contact, and there is none"))
    }
    let company = mapping.read(.customerName, of: referral)
    guard !company.isEmpty else {
      return .failure(CreationProblem(code: .nameMissing, text: "the referral names no customer"))
    }
    let writes = fields(contact, company)
    return .success([creation(company, writes), link])
  }

  private func fields(_ contact: CustomerContact, _ company: String) -> [FieldWrite] {
    func address(_ part: String) -> String {
      PlainText.canonical(referral["customerProfile.address.\(part)"], unescapingEntities: true)
    }
    let texts = [
      ("FirstName", contact.firstName), ("LastName", contact.lastName), ("Company", company),
      ("Email", contact.email), ("Phone", contact.phone), ("Street", address("addressLine1")),
      ("City", address("city")), ("State", address("state")), ("PostalCode", address("postalCode")),
      ("Country", mapping.read(.customerCountry, of: referral)),
      ("Description", PlainText.canonical(referral["details.notes"], unescapingEntities: true)),
      ("Referral_Link__c", mapping.settings.referralLink(id: referral.id)),
    ]
    let writes =
      texts.filter { !$0.1.isEmpty }.map { FieldWrite($0.0, JSONValue.string($0.1).text) }
      + [FieldWrite("Sync_With_Partner_Center__c", "true")]
    return writes + mapping.defaults(for: .lead, besides: writes)
  }

  private func creation(_ company: String, _ fields: [FieldWrite]) -> Change {
    let name = mapping.read(.dealName, of: referral)
    return Change(
      .createLead, .toSalesforce, values: Change.Values(partnerCenter: name, new: company),
      because: Change.Grounds(.newFromPartnerCenter, rule: "R49", "no lead belongs to the referral"),
      effect: .createLead(LeadDraft(keyField: Self.keyField, key: referral.id, fields: fields)))
  }

  private var link: Change {
    Change(
      .link, .toPartnerCenter, field: mapping.field(.crmIdentifier).label,
      values: Change.Values(partnerCenter: referral["externalReferenceId"], new: "the new lead's id"),
      because: Change.Grounds(.linkRecorded, rule: "R15 R49", "each side holds the other's id"), effect: .recordLead)
  }
}
