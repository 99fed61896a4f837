import Ledger
import Model
import Workspace

// What the user sees in Partner Center.
extension DoctorFacts {
  var referralFindings: [Finding] {
    let check = Precondition.referrals
    return check.findings(partnerCenter.referrals) { seen in
      guard seen.count == 0 else { return [check.ok("\(seen.all)\(seen.count) are seen")] }
      return [
        check.warning(
          .permissionRefused, "the user sees no referral at all",
          fix: "look in Partner Center whether there are any, and give the user the role Referrals admin")
      ]
    }
  }

  /// The user's role, which no call tells.
  ///
  /// A Referrals user is known by its view: it is in the team of every deal it sees, or it
  /// sees fewer than the last run did.
  func roleFindings(_ seen: PartnerCenterFacts.SeenReferrals) -> [Finding] {
    let check = Precondition.role
    guard seen.count > 0 else { return [check.notChecked("no referral is seen by which it could be told")] }
    let fix = "give the user the role Referrals admin in Partner Center, for all locations"
    if seen.haveCommonMember, seen.count >= Self.fewestToTell {
      let what =
        "one person is in the team of each of the \(seen.count) referrals seen: a Referrals user sees no others"
      return [check.warning(.permissionRefused, what, fix: fix)]
    }
    let last = ledger.value??.newest?.snapshots[.referral]?.total ?? 0
    let shrink = workspace.settings?.safety.maximumShrinkPercent ?? 100
    if seen.isAll, (last - seen.count) * 100 > last * shrink {
      return [
        check.warning(
          .snapshotShrunk, "\(seen.count) referrals are seen, and the last run saw \(last)", fix: fix)
      ]
    }
    return [check.ok("deals of different teams are seen, as a Referrals admin sees them")]
  }

  /// Deals that can have a member in common by chance.
  private static let fewestToTell = 3

  func organizationFindings(_ seen: PartnerCenterFacts.SeenReferrals) -> [Finding] {
    let check = Precondition.organization
    let own = (workspace.settings?.organizationID ?? "").lowercased()
    guard seen.count > 0 else { return [check.notChecked("no referral is seen by which it could be told")] }
    if let count = seen.organizations[own] { return [check.ok("\(count) of \(seen.count) referrals seen are its own")] }
    let others = seen.organizations.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
    return [
      check.error(
        .configurationUnfit,
        "none of the \(seen.count) referrals seen is of partner_center.organization_id; they are of "
          + others.joined(separator: ", "),
        fix: "write the own organization's id into reconcile.yaml")
    ]
  }
}

extension PartnerCenterFacts.SeenReferrals {
  /// What stands before their number.
  fileprivate var all: String { isAll ? "" : "the first " }
}
