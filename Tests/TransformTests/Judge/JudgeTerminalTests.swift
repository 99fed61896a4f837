import Model
import Testing
import Transform

@Suite struct JudgeTerminalTests {
  static let terminal: [DealCase] = [
    DealCase("closed on both sides", "closed N104") {
      $0.isClosed("Won")
      $0.setStage("Closed Won", closed: true, won: true)
    },
    DealCase("R65: an edit after the end is not sent", "closed N114") {
      $0.isClosed("Won")
      $0.setStage("Closed Won", closed: true, won: true)
      $0.opportunity["Amount"] = "5"
    },
    DealCase(
      "R65: a late change of Partner Center comes over", "changes N102",
      [
        "update < Deal value R82 N102 normal: Opportunity.Amount = 5"
      ]
    ) {
      $0.isClosed("Lost")
      $0.setStage("Closed Lost", closed: true)
      $0.referral["details.dealValue"] = "5"
    },
    DealCase(
      "R65: after the end a conflict has one choice", "conflict E723",
      [
        "conflict < Deal value R115 E723 conflict: partner-center Opportunity.Amount = 5 | salesforce none"
      ]
    ) {
      $0.isClosed("Won")
      $0.setStage("Closed Won", closed: true, won: true)
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "7"
    },
    DealCase("R65: after the end not even a policy sends", "closed N114") {
      $0.isClosed("Won")
      $0.setStage("Closed Won", closed: true, won: true)
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "7"
      $0.fields["Deal value"] = ["on_conflict": "newest"]
    },
    DealCase("R16 R65: the CRM id is not written into a closed referral", "closed N114") {
      $0.isClosed("Won")
      $0.setStage("Closed Won", closed: true, won: true)
      $0.referral["externalReferenceId"] = ""
      $0.base["CRM identifier"] = nil
    },
    DealCase("R66: a reopened opportunity is reported, not pulled shut", "closed N114") {
      $0.isClosed("Won")
      $0.base["Stage"] = "closed"
    },
    DealCase("R66: won here, lost there", "closed N114") {
      $0.isClosed("Lost")
      $0.setStage("Closed Won", closed: true, won: true)
    },
  ]

  @Test("R16 R65 R66: after the end", arguments: terminal)
  func afterTheEnd(_ sample: DealCase) { sample.check() }

  static let unknown: [DealCase] = [
    DealCase("Engaged is shown and left alone", "in-sync E702") { $0.referral["substatus"] = "Engaged" },
    DealCase(
      "Engaged, and a field changed", "changes N103", ["update > Deal value R82 N103 normal: /details/dealValue = 5"]
    ) {
      $0.referral["substatus"] = "Engaged"
      $0.opportunity["Amount"] = "5"
    },
    DealCase("Engaged, and won in Salesforce: never written", "in-sync E702") {
      $0.referral["substatus"] = "Engaged"
      $0.setStage("Closed Won", closed: true, won: true)
    },
    DealCase("Closed/Error", "quarantined E702") { $0.isClosed("Error") },
    DealCase("Archived", "quarantined E702") { $0.referral["status"] = "Archived" },
  ]

  @Test("R56: a status that this release does not know", arguments: unknown)
  func unknownStatus(_ sample: DealCase) { sample.check() }
}
