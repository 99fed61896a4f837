import JSON
import Ledger
import Load
import Model
import Testing
import Wire

@Suite struct ApplyOpportunityTests {
  private static let amount = Rows.toSalesforce("Deal value", "Amount", 250)
  private static let stage = Rows.toSalesforce("Stage", "StageName", "Closing")

  /// The updates within the composite requests, each with the date that guards it.
  private func updates(_ world: FakeWorld) -> [JSONValue] {
    world.sent.filter { $0.url.hasSuffix("/composite") }
      .flatMap { FakeWorld.body($0)["compositeRequest"]?.arrayValue ?? [] }
  }

  @Test func `all rows of an opportunity and its mark are one guarded write, after Partner Center`() throws {
    let world = FakeWorld.pair()
    let stamp = try Scenario.unwrap(Timestamp.parse(world.stamp(Scenario.opportunity)))
    let rows = [Self.amount, Rows.toPartnerCenter("Notes", "/details/notes", "new"), Self.stage, Rows.mark()]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    _ = try scenario.apply()
    #expect(world.writes == ["PATCH referrals/\(Scenario.referral)", "PATCH Opportunity/\(Scenario.opportunity)"])
    #expect(updates(world).count == 1)
    #expect(updates(world)[0].at("httpHeaders.If-Unmodified-Since")?.stringValue == Timestamp.http(stamp))
    #expect(
      updates(world)[0]["body"]?.text == """
        {"Amount":250,"StageName":"Closing","Name":"Fabrikam ✔",\
        "Audit__c":"2026-11-02T08:00:00Z run 20261102T080000Z-abcd: written Deal value, Notes, Stage"}
        """)
    #expect(try scenario.outcomes() == [.applied, .applied, .applied, .applied])
    #expect(try scenario.base() == ["Deal value": "250", "Notes": #""new""#, "Stage": #""Closing""#])
  }

  @Test func `opportunities travel together, twenty-five in a request`() throws {
    let world = FakeWorld()
    let keys = (1...27).map { number -> PairKey in
      let id = "0060000000000" + (number < 10 ? "0" : "") + "\(number)AAA"
      world.add("Opportunity", id, ["Name": "Fabrikam"])
      return PairKey(referralID: "r\(number)", opportunityID: id)
    }
    let scenario = try Scenario(
      world, keys.map { ($0, Rows.toSalesforce("Deal value", "Amount", 1, id: $0.opportunityID)) })
    _ = try scenario.apply()
    #expect(world.sent.map { FakeWorld.body($0)["compositeRequest"]?.arrayValue?.count } == [25, 2])
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
  }

  @Test func `R111 an opportunity that somebody changed is stale and not overwritten, also by its mark`() throws {
    let world = FakeWorld.pair()
    let rows = [Self.amount, Rows.toPartnerCenter("Notes", "/details/notes", "new"), Rows.mark()]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    world.edit(Scenario.opportunity, "Amount", 999)
    _ = try scenario.apply()
    #expect(world.records[Scenario.opportunity]?.fields["Amount"] == 999)
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam")
    #expect(try scenario.outcomes() == [.stale, .applied, .notAttempted])
    #expect(try scenario.base() == ["Notes": #""new""#])
    #expect(updates(world).count == 1)
  }

  @Test func `R112 one refused opportunity does not block its neighbour in the same request`() throws {
    let world = FakeWorld.pair()
    world.add("Opportunity", "006000000000002AAA", ["Name": "Contoso"])
    let other = PairKey(referralID: "r2", opportunityID: "006000000000002AAA")
    let refused = Rows.toSalesforce("Stage", "StageName", "refuse me")
    let scenario = try Scenario(
      world,
      [(Scenario.pair, refused), (other, Rows.toSalesforce("Deal value", "Amount", 5, id: other.opportunityID))])
    _ = try scenario.apply()
    #expect(world.sent.count == 1)
    #expect(try scenario.outcomes() == [.failed, .applied])
    #expect(try scenario.rows()[0].answer.message.contains("a rule refuses this value"))
  }

  @Test func `R20 a lost answer makes every record of the request unknown`() throws {
    let world = FakeWorld.pair()
    world.fault = { _ in .loseAnswer }
    let scenario = try Scenario(world, [(Scenario.pair, Self.amount)])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.unknown])
    #expect(try scenario.base().isEmpty)
    #expect(world.sent.count == 1)
  }

  @Test func `R111 an account is written once in a run, guarded by its own stamp`() throws {
    let world = FakeWorld.pair()
    world.add("Opportunity", "006000000000002AAA", ["Name": "Second"])
    let other = PairKey(referralID: "r2", opportunityID: "006000000000002AAA")
    func row(_ field: String, _ value: JSONValue) -> Change {
      Rows.toSalesforce(field, field, value, object: "Account", id: Scenario.account)
    }
    let scenario = try Scenario(
      world, [(Scenario.pair, row("Phone", "1")), (Scenario.pair, row("Website", "w")), (other, row("Website", "w"))])
    _ = try scenario.apply()
    #expect(updates(world).count == 1)
    #expect(updates(world)[0]["body"]?.text == #"{"Phone":"1","Website":"w"}"#)
    #expect(try scenario.outcomes() == [.applied, .applied, .applied])

    // What somebody did since the own write could not be told from it.
    let differing = try Scenario(world, [(Scenario.pair, row("Phone", "4")), (other, row("Industry", "i"))])
    _ = try differing.apply()
    #expect(try differing.outcomes() == [.applied, .stale])
    #expect(world.field(Scenario.account, "Industry") == nil)

    let late = try Scenario(world, [(Scenario.pair, row("Phone", "2")), (Scenario.pair, Self.amount)])
    world.edit(Scenario.account, "Phone", "3")
    _ = try late.apply()
    #expect(world.field(Scenario.account, "Phone") == "3")
    #expect(try late.outcomes() == [.stale, .stale])
  }

  @Test func `an account whose stamp the snapshot does not hold is written without a guard`() throws {
    let world = FakeWorld.pair()
    world.records[Scenario.account] = nil
    let other = "001000000000002AAA"
    world.add("Account", other, ["Name": "Fabrikam"])
    let row = Rows.toSalesforce("Phone", "Phone", "1", object: "Account", id: other)
    let scenario = try Scenario(world, [(Scenario.pair, row)])
    _ = try scenario.apply()
    #expect(world.writes == ["PATCH composite/sobjects"])
    #expect(world.field(other, "Phone") == "1")
    #expect(try scenario.outcomes() == [.applied])
  }

  // MARK: Marks and audit trail

  @Test func `R102 R103 a failure turns the check mark into a cross, a success turns it back`() throws {
    let world = FakeWorld.pair()
    world.edit(Scenario.opportunity, "Name", "Fabrikam ✔")
    let refused = Rows.toSalesforce("Stage", "StageName", "refuse me")
    let bad = try Scenario(world, [(Scenario.pair, refused), (Scenario.pair, Rows.mark())])
    _ = try bad.apply()
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam ✘")
    #expect(try bad.outcomes() == [.failed, .applied])
    #expect(updates(world).count == 2, "the fields with the mark, then the mark alone")
    let good = try Scenario(world, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark())])
    _ = try good.apply()
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam ✔")
  }

  @Test func `R106 R107 the newest entry stands in front, with code and message of a failure`() throws {
    let world = FakeWorld.pair()
    world.edit(Scenario.opportunity, "Audit__c", "2026-11-01T08:00:00Z run old: written Stage")
    let refusal = #"{"error":{"code":"invalidRequest","message":"bad\nvalue"}}"#
    world.fault = { $0.url.contains("/referrals/") ? .refuse(400, refusal) : nil }
    let rows = [Rows.toPartnerCenter("Notes", "/details/notes", "new"), Self.amount, Rows.mark()]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    _ = try scenario.apply()
    let lines = world.field(Scenario.opportunity, "Audit__c")?.split(separator: "\n").map(String.init)
    #expect(lines?.count == 2)
    let entry = "2026-11-02T08:00:00Z run 20261102T080000Z-abcd: written Deal value; failed Notes: E310 "
    #expect(lines?.first?.hasPrefix(entry) == true)
    #expect(lines?.last == "2026-11-01T08:00:00Z run old: written Stage")
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam ✘")
    #expect(try scenario.outcomes() == [.failed, .applied, .applied])
  }

  @Test func `R107 the trail is cut at 100,000 characters, the oldest entries first`() throws {
    let world = FakeWorld.pair()
    let old = (1...2500).map { "\($0) " + String(repeating: "x", count: 40) }.joined(separator: "\n")
    world.edit(Scenario.opportunity, "Audit__c", .string(old))
    let scenario = try Scenario(world, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark())])
    _ = try scenario.apply()
    let trail = try Scenario.unwrap(world.field(Scenario.opportunity, "Audit__c"))
    #expect(trail.count <= 100_000)
    #expect(trail.count > 99_900)
    #expect(trail.hasSuffix("x"))
    #expect(trail.hasPrefix("2026-11-02T08:00:00Z run "))
  }

  @Test(arguments: [(118, true), (119, false)])
  func `R101 a name that would become too long bears no mark`(_ length: Int, _ isMarked: Bool) throws {
    let world = FakeWorld.pair()
    let name = String(repeating: "n", count: length)
    world.edit(Scenario.opportunity, "Name", .string(name))
    let scenario = try Scenario(world, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark(name))])
    _ = try scenario.apply()
    #expect(world.field(Scenario.opportunity, "Name") == name + (isMarked ? " ✔" : ""))
  }

  @Test func `R102 the mark follows the name that is written, and leaves one that is held`() throws {
    let rows = [Rows.toSalesforce("Deal name", "Name", "Contoso"), Self.amount, Rows.mark("Contoso")]
    let world = FakeWorld.pair()
    _ = try Scenario(world, rows.map { (Scenario.pair, $0) }).apply()
    #expect(world.field(Scenario.opportunity, "Name") == "Contoso ✔")
    let other = FakeWorld.pair()
    _ = try Scenario(other, rows.map { (Scenario.pair, $0) }).apply([1: .hold])
    #expect(other.field(Scenario.opportunity, "Name") == "Fabrikam ✔")
  }

  @Test func `R102 R106 marks and audit trail can each be switched off`() throws {
    let world = FakeWorld.pair()
    _ = try Scenario(world, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark(nameField: nil))]).apply()
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam")
    #expect(world.field(Scenario.opportunity, "Audit__c") != nil)
    let other = FakeWorld.pair()
    _ = try Scenario(other, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark(audit: nil))]).apply()
    #expect(other.field(Scenario.opportunity, "Name") == "Fabrikam ✔")
    #expect(other.records[Scenario.opportunity]?.fields["Audit__c"] == .null)
  }

  @Test func `R102 a pair of which nothing was written bears no mark`() throws {
    let world = FakeWorld.pair()
    let scenario = try Scenario(world, [(Scenario.pair, Self.amount), (Scenario.pair, Rows.mark())])
    let result = try scenario.apply([1: .hold])
    #expect(world.writes.isEmpty)
    #expect(try scenario.outcomes() == [.held, .notAttempted])
    #expect(result.exit == .waiting)
  }

  @Test func `R106 the mark of rows that went to Partner Center alone is a guarded write too`() throws {
    let world = FakeWorld.pair()
    let rows = [Rows.toPartnerCenter("Notes", "/details/notes", "new"), Rows.mark()]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    world.edit(Scenario.opportunity, "Amount", 1)
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .stale])
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam")
  }
}
