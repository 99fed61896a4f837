import JSON
import Model

/// The request for Microsoft's help on a linked pair (R77): what turns a private or partner-led deal into a co-sell deal.
struct HelpRow {
  let mapping: Mapping
  let referral: Record
  let opportunity: Record
  let organizationID: String
  let access: FieldMerge.Access

  /// The row that asks for a kind of help, or why it is not asked for.
  func row(for help: Value, replacing base: String, in partnerCenter: Value) -> Result<Change, CreationProblem> {
    guard referral["inviteContext.invitedBy.organizationId"].lowercased() != "msft" else {
      return .failure(CreationProblem(code: .lockedField, text: "Microsoft shared this deal: it takes part already"))
    }
    let creation = ReferralCreation(mapping: mapping, opportunity: opportunity, organizationID: organizationID)
    let problems = ReferralChecks(creation: creation).problems()
    if let first = problems.first {
      let all = problems.map(\.text).joined(separator: "; ")
      return .failure(CreationProblem(code: first.code, text: "Microsoft's help cannot be asked for: \(all)"))
    }
    let rule = mapping.field(.microsoftHelp)
    return .success(
      Change(
        .requestHelp, .toPartnerCenter, field: rule.label,
        values: Change.Values(
          base: base, partnerCenter: partnerCenter.text, salesforce: help.text, new: help.text),
        because: Change.Grounds(
          .helpAsked, rule: "R36 R77", risk: .irreversible,
          "help of Microsoft is asked for and the deal becomes visible, which cannot be taken back; Microsoft has "
            + "\(Self.daysToAnswer) days to answer and may decline"),
        effect: .requestHelp(
          HelpDraft(
            operations: operations(help, creation), connected: creation.invitation.value.text,
            engagementID: referral["engagementId"])),
        settles: [rule.label: help.text]))
  }

  /// How long Microsoft has to answer (R37).
  static let daysToAnswer = 14

  /// What the own referral gets: a contact where it has none, visibility, and the kind of help last.
  private func operations(_ help: Value, _ creation: ReferralCreation) -> [PatchOperation] {
    var result: [PatchOperation] = []
    if !CustomerContact.of(referral: referral).contains(where: \.isComplete), let contact = creation.contacts.first {
      result.append(PatchOperation(.add, path: "/customerProfile/team/-", value: contact.json.text))
    }
    if referral["consent.consentToShareReferralWithMicrosoftSellers"] != "true" {
      result.append(PatchOperation(path: "/consent/consentToShareReferralWithMicrosoftSellers", value: "true"))
    }
    let writing = FieldWriting(rule: mapping.field(.microsoftHelp))
    result.append(PatchOperation(path: writing.pointer, value: writing.json(help, for: .partnerCenter)))
    return result
  }
}
