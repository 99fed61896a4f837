import Foundation
import Model
import Testing

@testable import Transform

@Suite("Microsoft's side of a deal")
struct MicrosoftSideTests {
  private static func line(_ texts: [String: String]) -> String? {
    let record = Deal.record(.connected, ["id": "m", "organizationId": "msft"].merging(texts) { $1 })
    let own = Deal.record(
      .referral, ["id": "r", "team": #"[{"firstName":"Kim","lastName":"Lee","email":"kim@x.example"}]"#])
    return MicrosoftSide(records: [record], referral: own, now: Timestamp.parse("2026-11-26T08:00:00Z")).line
  }

  @Test("R36 R77: help that Microsoft never got is told every night, where Microsoft's records are read")
  func missing() {
    var deal = Deal()
    deal.referral["inviteContext.assistanceRequestCode"] = "CustomerTechnicalArchitecture"
    deal.opportunity["How_can_Microsoft_help__c"] = "Customer Technical Architecture"
    #expect(!deal.judged().reason.contains("Microsoft has no record"))
    deal.neighbours.knowsConnected = true
    #expect(deal.judged().reason.contains("help is asked for, and Microsoft has no record of the deal"))
    #expect(!deal.judged().isSettled)
    deal.referral["inviteContext.assistanceRequestCode"] = ""
    #expect(!deal.judged().reason.contains("Microsoft has no record"))
  }

  @Test(
    "R52 R74: state, deadline, number and sellers are told",
    arguments: [
      (["status": "New", "substatus": "Pending"], "Microsoft: New/Pending"),
      (
        ["status": "New", "substatus": "Pending", "expirationDateTime": "2026-12-01T08:00:00Z"],
        "Microsoft: New/Pending, expires 2026-12-01T08:00:00Z, in 5 days"
      ),
      (
        ["status": "Active", "substatus": "Accepted", "trackingInfo.microsoftMsxId": "7-ABC"],
        "Microsoft: Active/Accepted, MSX 7-ABC"
      ),
      (
        [
          "status": "Active", "substatus": "Accepted",
          "team":
            #"[{"firstName":"Kim","lastName":"Lee","email":"KIM@x.example"},{"firstName":"Mona","lastName":"Soft","email":"m@x"}]"#,
        ], "Microsoft: Active/Accepted, Mona Soft"
      ),
      (["status": "Closed", "substatus": "Declined"], "Microsoft: Closed/Declined"),
    ])
  func lines(_ texts: [String: String], _ line: String) {
    #expect(Self.line(texts) == line)
  }

  @Test("R74: Microsoft's record changes nothing that is written, and is looked at again every night")
  func shownOnly() {
    var deal = Deal()
    deal.neighbours.connected = [
      Deal.record(.connected, ["id": "m", "status": "Closed", "substatus": "Declined", "organizationId": "msft"])
    ]
    let verdict = deal.judged()
    #expect(verdict.changes.isEmpty && verdict.finding == "in-sync N101" && !verdict.isSettled)
    #expect(verdict.reason == "both sides agree; Microsoft: Closed/Declined")
  }
}
