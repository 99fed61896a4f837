import Ledger
import Model

/// When the two records of a conflict were changed last, and by whom as far as the service says; empty where nobody knows.
struct PageStamps {
  var partnerCenter = ""
  var salesforce = ""

  init() {}

  /// What the snapshots tell of a pair.
  init(of key: PairKey, in ledger: LedgerTransaction) throws {
    if let referral = try ledger.record(.referral, key.referralID) {
      partnerCenter = Self.changed(at: referral["updatedDateTime"], by: "")
    }
    if let opportunity = try ledger.record(.opportunity, key.opportunityID) {
      salesforce = Self.changed(at: opportunity["LastModifiedDate"], by: opportunity["LastModifiedBy.Name"])
    }
  }

  /// `record changed 2026-11-02 14:03 UTC by Ada King`; empty when the moment cannot be read.
  private static func changed(at stamp: String, by name: String) -> String {
    guard let moment = Timestamp.parse(stamp) else { return "" }
    let time = Timestamp.iso(moment)
    return "record changed \(time.prefix(10)) \(time.dropFirst(11).prefix(5)) UTC"
      + (name.isEmpty ? "" : " by \(HarmlessText.plain(name, limit: 80))")
  }
}
