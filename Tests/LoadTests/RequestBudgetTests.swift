import JSON
import Ledger
import Load
import Model
import Testing

/// Salesforce counts requests for everybody in the org, so that their number is a promise.
@Suite("What an apply costs Salesforce")
struct RequestBudgetTests {
  @Test(
    "updates with marks stay within their number of requests",
    arguments: [(WriteGuard.conditional, 10_000, 410), (.reread, 3000, 20)])
  func updates(writeGuard: WriteGuard, count: Int, limit: Int) throws {
    let world = FakeWorld()
    let keys = (1...count).map { number -> PairKey in
      let text = String(number)
      let id = "006" + String(repeating: "0", count: 12 - text.count) + text + "AAA"
      world.add("Opportunity", id, ["Name": "Fabrikam", "Amount": 1])
      return PairKey(referralID: "r\(number)", opportunityID: id)
    }
    let scenario = try Scenario(
      world,
      keys.flatMap { key in
        [(key, Rows.toSalesforce("Deal value", "Amount", 2, id: key.opportunityID)), (key, Rows.mark())]
      })
    scenario.writeGuard = writeGuard
    _ = try scenario.apply()
    #expect(world.sent.count <= limit, "\(world.sent.count) requests")
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect(keys.allSatisfy { world.records[$0.opportunityID]?.fields["Amount"] == 2 })
    #expect(keys.allSatisfy { world.field($0.opportunityID, "Name") == "Fabrikam ✔" })
  }
}
