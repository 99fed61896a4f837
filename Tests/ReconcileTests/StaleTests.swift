import Foundation
import JSON
import Testing

/// Somebody edits a record after the plan and before apply.
@Suite("A record edited between plan and apply")
struct StaleTests {
  @Test(
    "A referral is not overwritten: If-Match gives 412, the row is stale, the next plan starts from the new value (R17)"
  )
  func referral() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)
    _ = try bench.reconcile("plan")
    try bench.sandbox.edit(referral: pair.referral, "details.notes", "Edited after the plan.")
    let tag = try bench.sandbox.referral(pair.referral)?["eTag"]
    let before = try bench.sandbox.referral(pair.referral)?.at("details.dealValue")

    let applied = try bench.reconcile("apply")
    #expect(applied.status == 3, "\(applied)")
    let row = try #require(try bench.changes().rows.first { $0["direction"] == "to-partner-center" })
    #expect(row["outcome"] == "stale" && row["error_code"] == "E311")
    #expect(try bench.sandbox.referral(pair.referral)?["eTag"] == tag)
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue") == before)
    // The write was asked for, and refused by its version alone.
    let patches = try bench.sandbox.writes().filter { $0["side"]?.stringValue == "partner-center" }
    #expect(patches.map { $0["status"]?.numberText } == ["412"])

    _ = try bench.reconcile("plan")
    let fresh = try bench.changes().rows.filter { $0["action"] != "mark" }
    #expect(
      Set(fresh.map { "\($0["field"] ?? "")=\($0["new_value"] ?? "")" }) == [
        "Deal value=95000", "Notes=Edited after the plan.",
      ])
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "95000")
    #expect(try bench.sandbox.opportunity(pair.opportunity)?["Description"]?.stringValue == "Edited after the plan.")
  }

  @Test("An opportunity is not overwritten, and another deal's row of the same plan is applied")
  func opportunity() throws {
    let bench = try Workbench()
    try bench.settle()
    let pairs = try bench.sandbox.linkedPairs()
    try #require(pairs.count >= 2)
    try bench.sandbox.edit(referral: pairs[0].referral, "details.dealValue", 125_000)
    try bench.sandbox.edit(referral: pairs[1].referral, "details.dealValue", 126_000)
    _ = try bench.reconcile("plan")
    try bench.sandbox.edit(opportunity: pairs[0].opportunity, "Amount", 77_000)

    let applied = try bench.reconcile("apply")
    #expect(applied.status == 3, "\(applied)")
    let rows = try bench.changes().rows.filter { $0["field"] == "Deal value" }
    #expect(rows.first { $0["referral_id"] == pairs[0].referral }?["outcome"] == "stale")
    #expect(rows.first { $0["referral_id"] == pairs[1].referral }?["outcome"] == "applied")
    #expect(try bench.sandbox.opportunity(pairs[0].opportunity)?["Amount"]?.numberText?.hasPrefix("77000") == true)

    _ = try bench.reconcile("plan")
    let conflict = try #require(try bench.changes().rows.first { $0["action"] == "conflict" })
    #expect([conflict["partner_center_value"], conflict["salesforce_value"]] == ["125000", "77000"])
  }

  @Test("An opportunity deleted after the plan is left alone")
  func deleted() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 125_000)
    _ = try bench.reconcile("plan")
    try bench.sandbox.delete([
      JSONMember("side", "salesforce"), JSONMember("object", "Opportunity"),
      JSONMember("id", .string(pair.opportunity)),
    ])
    let applied = try bench.reconcile("apply")
    #expect(applied.status == 3, "\(applied)")
    #expect(try bench.sandbox.opportunity(pair.opportunity) == nil)
    // Missing is not deleted: the referral stays as it is and says so (R22, R23).
    _ = try bench.reconcile("plan")
    let row = try #require(try bench.reconciliation().rows.first { $0["referral_id"] == pair.referral })
    #expect(row["status"] == "only-partner-center")
    #expect(try bench.changes().rows.isEmpty)
  }
}
