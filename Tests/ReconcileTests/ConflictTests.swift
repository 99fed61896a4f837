import Foundation
import JSON
import Testing

/// Two people edit one field of a deal that both sides agreed on.
@Suite("One field, edited on both sides")
struct ConflictTests {
  @Test(
    "Different values are a conflict, held until a person chooses; Salesforce's choice goes to Partner Center (R115, R17)"
  )
  func differentValues() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 80_000)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)

    #expect(try bench.reconcile("plan").status == 0)
    let row = try #require(try bench.changes().rows.first { $0["action"] == "conflict" })
    #expect(row["field"] == "Deal value" && row["referral_id"] == pair.referral && row["reason_code"] == "E723")
    #expect([row["partner_center_value"], row["salesforce_value"], row["new_value"]] == ["80000", "95000", ""])
    #expect(row["decision"] == "hold" && row["risk"] == "conflict")
    #expect(try bench.reconciliation().rows.first { $0["referral_id"] == pair.referral }?["status"] == "conflict")

    #expect(try bench.reconcile("apply").status == 4)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.changes().rows.first { $0["action"] == "conflict" }?["outcome"] == "held")

    _ = try bench.reconcile("plan")
    try bench.decide { $0["action"] == "conflict" ? "salesforce" : "apply" }
    let applied = try bench.reconcile("apply")
    #expect(applied.status == 0, "\(applied)")
    let patches = try bench.sandbox.writes().filter { $0["side"]?.stringValue == "partner-center" }
    #expect(patches.count == 1)
    #expect(patches.first?["body"] == [["op": "replace", "path": "/details/dealValue", "value": 95_000]])
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "95000")
    #expect(try bench.sandbox.opportunity(pair.opportunity)?["Amount"]?.numberText?.hasPrefix("95000") == true)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
  }

  @Test("Partner Center's choice goes to Salesforce")
  func partnerCenterWins() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.notes", "Seen by legal.")
    try bench.sandbox.edit(opportunity: pair.opportunity, "Description", "Seen by finance.")
    _ = try bench.reconcile("plan")
    try bench.decide { $0["action"] == "conflict" ? "partner-center" : "apply" }
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.sandbox.opportunity(pair.opportunity)?["Description"]?.stringValue == "Seen by legal.")
    #expect(try bench.sandbox.writes().allSatisfy { $0["side"]?.stringValue == "salesforce" })
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
  }

  @Test("The same value on both sides is no row (R82)")
  func editedAlike() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.notes", "Signed by legal.")
    try bench.sandbox.edit(opportunity: pair.opportunity, "Description", "Signed by legal.")
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    #expect(try bench.changes().rows.isEmpty)
    // The new value is the base now: one further edit is a change and no conflict.
    try bench.sandbox.edit(opportunity: pair.opportunity, "Description", "Signed by both.")
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 2)
    #expect(try bench.changes().rows.filter { $0["action"] != "mark" }.map { $0["action"] } == ["update"])
  }

  @Test("An edit on one side goes to the other, and nothing else does (R113)")
  func editedOnOneSide() throws {
    let bench = try Workbench()
    try bench.settle()
    let pairs = try bench.sandbox.linkedPairs()
    try #require(pairs.count >= 2)
    try bench.sandbox.edit(referral: pairs[0].referral, "details.dealValue", 125_000)
    try bench.sandbox.edit(opportunity: pairs[1].opportunity, "CloseDate", "2027-05-31")
    _ = try bench.reconcile("plan")
    let rows = try bench.changes().rows.filter { $0["action"] != "mark" }
    #expect(
      Set(rows.map { "\($0["direction"] ?? "") \($0["field"] ?? "")=\($0["new_value"] ?? "")" }) == [
        "to-salesforce Deal value=125000", "to-partner-center Closing date=2027-05-31",
      ])
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.sandbox.opportunity(pairs[0].opportunity)?["Amount"]?.numberText?.hasPrefix("125000") == true)
    let closing = try bench.sandbox.referral(pairs[1].referral)?.at("details.closingDateTime")?.stringValue
    #expect(closing?.hasPrefix("2027-05-31") == true)
  }

  @Test("A rejected change is not proposed again until a value moves")
  func rejected() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 125_000)
    _ = try bench.reconcile("plan")
    try bench.decide { _ in "reject" }
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 126_000)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 2)
  }
}
