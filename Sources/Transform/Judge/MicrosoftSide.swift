import Foundation
import Model

/// Microsoft's own record of a deal, told in one line of the report and never written (R74).
struct MicrosoftSide {
  let records: [Record]
  /// The own referral, whose sellers Microsoft's record repeats.
  let referral: Record
  let now: Date?

  /// That help was asked for and Microsoft has no record of the deal; nil where all is well.
  ///
  /// A request that was lost on the way is seen by nothing else.
  func missing(_ state: ReferralState, _ mapping: Mapping) -> String? {
    guard records.isEmpty, !state.isTerminal, referral["inviteContext.invitedBy.organizationId"].lowercased() != "msft",
      let rule = mapping.fields.first(where: { $0.reserved == .microsoftHelp }),
      let help = try? rule.transform.read(referral.first(of: rule.referralPath.alternatives), from: .partnerCenter),
      !help.isNone
    else { return nil }
    return "help is asked for, and Microsoft has no record of the deal: ask for it again in Partner Center"
  }

  /// `Microsoft: Active/Accepted, MSX 7-ABC, Kim Lee`; nil where Microsoft has no record.
  var line: String? {
    guard let record = records.first else { return nil }
    let substatus = record["substatus"]
    var parts = [substatus.isEmpty ? record["status"] : "\(record["status"])/\(substatus)"]
    if record["status"].lowercased() == "new" { parts.append(Deadlines(referral: record, now: now).answer) }
    let number = record["trackingInfo.microsoftMsxId"]
    if !number.isEmpty { parts.append("MSX \(number)") }
    let own = Set(CustomerContact.team(ofReferral: referral).map(\.key))
    parts += CustomerContact.team(ofReferral: record).filter { !own.contains($0.key) }
      .map { "\($0.firstName) \($0.lastName)" }
    return "Microsoft: " + parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
