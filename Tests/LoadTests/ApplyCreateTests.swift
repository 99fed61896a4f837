import JSON
import Ledger
import Load
import Model
import Testing
import Wire

@Suite struct ApplyCreateTests {
  private static let key = PairKey(referralID: Scenario.referral)
  private static let newAccount = OpportunityDraft.Account.create([
    FieldWrite("Name", #""Fabrikam""#), FieldWrite("BillingPostalCode", #""10115""#),
  ])

  /// A referral that no opportunity belongs to.
  private func world() -> FakeWorld {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    return world
  }

  private func creation(_ world: FakeWorld, _ account: OpportunityDraft.Account = newAccount) throws -> Scenario {
    try Scenario(world, Rows.newOpportunity(account: account).map { (Self.key, $0) })
  }

  @Test func `R15 R20 an opportunity is created in the order in which its parts depend on each other`() throws {
    let world = world()
    let eTag = world.eTag(Scenario.referral)
    let scenario = try creation(world)
    _ = try scenario.apply()
    let opportunity = try Scenario.unwrap(world.ids(of: "Opportunity").first)
    #expect(
      world.writes == [
        "POST Account", "POST Opportunity", "POST Contact", "POST OpportunityContactRole",
        "POST Microsoft_Solution_Detail__c", "POST Microsoft_Solutions__c",
        "PATCH referrals/\(Scenario.referral)", "PATCH Opportunity/\(opportunity)",
      ])
    let fields = world.records[opportunity]?.fields
    #expect(fields?["AccountId"]?.stringValue == world.ids(of: "Account").first)
    #expect(fields?["Sync_With_Partner_Center__c"] == true)
    #expect(fields?["Name"] == "Fabrikam ✔")
    #expect(world.referrals[Scenario.referral]?["externalReferenceId"]?.stringValue == opportunity)
    #expect(FakeWorld.header(world.sent.filter { $0.url.contains("/referrals/") }[0], "If-Match") == eTag)
    let contact = try Scenario.unwrap(world.ids(of: "Contact").first)
    #expect(world.records[contact]?.fields["AccountId"] == fields?["AccountId"])
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect(try scenario.ledger.read { try $0.opportunity(linkedWith: Scenario.referral) } == opportunity)
    #expect(try scenario.base() == ["Deal name": "Fabrikam"])
  }

  @Test func `R13 R20 a unique referral identifier is the key of an upsert`() throws {
    let world = world()
    world.isKeyUnique = true
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(world.writes[1] == "PATCH Opportunity/Referral_Identifier__c/\(Scenario.referral)")
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
  }

  @Test func `R20 an opportunity whose create got no answer is looked for, and everything is built on it`() throws {
    let world = world()
    world.fault = { FakeWorld.isWrite($0) && $0.url.hasSuffix("/sobjects/Opportunity") ? .loseAnswer : nil }
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(world.ids(of: "Opportunity").count == 1)
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect(try scenario.base()["Deal name"] == nil)
  }

  @Test func `R20 an opportunity that may yet arrive is unknown, and not sent again`() throws {
    let world = world()
    world.fault = { $0.url.hasSuffix("/sobjects/Opportunity") ? .swallow : nil }
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(world.writes == ["POST Account", "POST Opportunity"])
    #expect(try scenario.outcomes() == [.unknown] + Array(repeating: .notAttempted, count: 5))
  }

  @Test func `R50 R51 what is there already is used and not created again`() throws {
    let world = world()
    world.add("Account", Scenario.account, ["Name": "Fabrikam", "BillingPostalCode": "10115"])
    world.add(
      "Contact", "003000000000001AAA", ["Email": "z@fabrikam.example", "AccountId": .string(Scenario.account)])
    world.add("Microsoft_Solution_Detail__c", "a01000000000001AAA", ["Solution_Identifier__c": "SOL-1"])
    _ = try creation(world).apply()
    #expect(world.ids(of: "Account") == [Scenario.account])
    #expect(world.ids(of: "Contact") == ["003000000000001AAA"])
    #expect(world.ids(of: "Microsoft_Solution_Detail__c") == ["a01000000000001AAA"])
    #expect(world.ids(of: "OpportunityContactRole").count == 1)
    #expect(world.ids(of: "Microsoft_Solutions__c").count == 1)
  }

  @Test func `R20 an opportunity that an earlier attempt left is taken over, and proves no values`() throws {
    let world = world()
    world.add(
      "Opportunity", Scenario.opportunity, ["Name": "old", "Referral_Identifier__c": .string(Scenario.referral)])
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(world.ids(of: "Opportunity") == [Scenario.opportunity])
    #expect(try scenario.outcomes()[0] == .applied)
    #expect(try scenario.ledger.read { try $0.opportunity(linkedWith: Scenario.referral) } == Scenario.opportunity)
    #expect(try scenario.base()["Deal name"] == nil)
  }

  @Test func `R18 two opportunities of one referral stop the create`() throws {
    let world = world()
    for id in ["006000000000001AAA", "006000000000002AAA"] {
      world.add("Opportunity", id, ["Referral_Identifier__c": .string(Scenario.referral)])
    }
    let scenario = try creation(world, .existing(id: Scenario.account))
    _ = try scenario.apply()
    #expect(world.writes.isEmpty)
    #expect(try scenario.codes()[0] == .identityDuplicate)
    #expect(try scenario.outcomes() == [.failed] + Array(repeating: .notAttempted, count: 5))
  }

  @Test func `what hangs on a create that failed is not attempted`() throws {
    let world = world()
    world.fault = { $0.url.hasSuffix("/sobjects/Opportunity") ? .refuse(400, "[]") : nil }
    let scenario = try creation(world)
    let result = try scenario.apply()
    #expect(world.writes == ["POST Account", "POST Opportunity"])
    #expect(try scenario.outcomes() == [.failed] + Array(repeating: .notAttempted, count: 5))
    #expect(try scenario.codes().dropFirst().allSatisfy { $0 == .notAttempted })
    #expect(result.exit == .someFailed)
  }

  @Test func `R20 an account whose create got no answer is unknown, and nothing is built on it`() throws {
    let world = world()
    world.fault = { $0.url.hasSuffix("/Account") ? .loseAnswer : nil }
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(world.writes == ["POST Account"])
    #expect(try scenario.outcomes() == [.unknown] + Array(repeating: .notAttempted, count: 5))
  }

  @Test func `R112 a refused contact costs the opportunity its check mark and nothing else`() throws {
    let world = world()
    world.fault = { $0.url.hasSuffix("/Contact") ? .refuse(400, "[]") : nil }
    let scenario = try creation(world)
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .failed, .applied, .applied, .applied, .applied])
    let opportunity = try Scenario.unwrap(world.ids(of: "Opportunity").first)
    #expect(world.field(opportunity, "Name") == "Fabrikam ✘")
    #expect(world.records[opportunity]?.fields["Sync_With_Partner_Center__c"] == true)
  }

  @Test func `two referrals of one new customer share the account`() throws {
    let world = world()
    world.editReferral("r2", "/name", "Second")
    let rows =
      Rows.newOpportunity(account: Self.newAccount).map { (Self.key, $0) }
      + Rows.newOpportunity("r2", account: Self.newAccount).map { (PairKey(referralID: "r2"), $0) }
    let scenario = try Scenario(world, rows)
    _ = try scenario.apply()
    #expect(world.ids(of: "Account").count == 1)
    #expect(world.ids(of: "Contact").count == 1)
    #expect(world.ids(of: "Opportunity").count == 2)
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
  }

  @Test(arguments: [
    (AccountMatch.nameAndPostalCode, "SW1A 1AA", "sw1a1aa", 1), (.nameAndPostalCode, "98052", "98053", 2),
    (.name, "98052", "98053", 1), (.name, "98052", "", 1),
  ])
  func `R45 R47 the account of an earlier referral is found as the plan would find it`(
    match: AccountMatch, first: String, second: String, accounts: Int
  ) throws {
    let world = world()
    world.editReferral("r2", "/name", "Second")
    func account(_ code: String) -> OpportunityDraft.Account {
      .create(
        [FieldWrite("Name", #""Fabrikam""#), FieldWrite("BillingPostalCode", JSONValue.string(code).text)],
        match: match)
    }
    let rows =
      Rows.newOpportunity(account: account(first)).map { (Self.key, $0) }
      + Rows.newOpportunity("r2", account: account(second)).map { (PairKey(referralID: "r2"), $0) }
    let scenario = try Scenario(world, rows)
    _ = try scenario.apply()
    #expect(world.ids(of: "Account").count == accounts)
    // What the second one was to write is not known to stand in an account that it did not make.
    #expect(try scenario.base("r2").isEmpty == (accounts == 1))
  }

  @Test func `R20 a create that nobody can look for stays in doubt, and resume looks before it sends`() throws {
    for connected in [false, true] {
      let world = opportunity()
      var posts = 0
      world.fault = { request in
        if request.method == .post, request.url.hasSuffix("/referrals") {
          posts += 1
          return posts == (connected ? 2 : 1) ? .loseAnswer : nil
        }
        return posts == (connected ? 2 : 1) && request.method == .get && request.url.contains("/referrals")
          ? .unreachable : nil
      }
      let scenario = try referral(world, connected: connected)
      #expect(throws: Failure.self) { try scenario.apply() }
      #expect(try scenario.ledger.read { try $0.openIntents(of: 1) }.count == 1)
      world.fault = { _ in nil }
      _ = try scenario.resume()
      #expect(world.referrals.count == (connected ? 2 : 1))
      #expect(try scenario.outcomes() == [.applied, .applied, .applied])
    }
  }

  @Test func `R50 a contact without an address is found by its name under the account`() throws {
    let world = world()
    let contact = ContactDraft(existing: nil, fields: [FieldWrite("LastName", #""Zeller""#)], isPrimary: true)
    let rows = Rows.newOpportunity(account: Self.newAccount).map { change in
      change.action == .addContact
        ? Change(
          .addContact, .toSalesforce, because: Change.Grounds(.contactOfReferral, rule: "R50", "a contact"),
          effect: .addContact(contact)) : change
    }
    let folder = try Scenario(world, rows.map { (Self.key, $0) })
    _ = try folder.apply()
    #expect(world.ids(of: "Contact").count == 1)
    let account = try #require(world.ids(of: "Account").first)
    #expect(world.sent.contains { FakeWorld.query($0).contains("LastName = 'Zeller'") })
    #expect(world.sent.contains { FakeWorld.query($0).contains("AccountId = '\(account)'") })
  }

  @Test func `R111 nothing is attached to an opportunity that somebody changed`() throws {
    let world = FakeWorld.pair()
    let solution = SolutionDraft(existing: "a01000000000001AAA", fields: [])
    let grounds = Change.Grounds(.solutionOfReferral, rule: "R51", "a solution of the referral")
    let rows = [
      Change(.addSolution, .toSalesforce, because: grounds, effect: .addSolution(solution)),
      Rows.toSalesforce("Deal value", "Amount", 7),
    ]
    let stale = try Scenario(world, rows.map { (Scenario.pair, $0) })
    world.edit(Scenario.opportunity, "Amount", 999)
    _ = try stale.apply()
    #expect(world.writes.isEmpty)
    #expect(try stale.outcomes() == [.stale, .stale])

    // The own line moves the stamp, which is read again: the write that follows is not stale.
    let fresh = try Scenario(world, rows.map { (Scenario.pair, $0) })
    _ = try fresh.apply()
    #expect(try fresh.outcomes() == [.applied, .applied])
    #expect(world.records[Scenario.opportunity]?.fields["Amount"] == 7)
  }

  // MARK: Referrals

  private func opportunity() -> FakeWorld {
    let world = FakeWorld()
    world.add("Opportunity", Scenario.opportunity, ["Name": "Fabrikam"])
    return world
  }

  private func referral(_ world: FakeWorld, connected: Bool) throws -> Scenario {
    let key = PairKey(opportunityID: Scenario.opportunity)
    return try Scenario(world, Rows.newReferral(connected: connected).map { (key, $0) })
  }

  @Test func `R12 R21 R36 a referral is created with Microsoft's, and its id goes into the opportunity`() throws {
    let world = opportunity()
    let scenario = try referral(world, connected: true)
    _ = try scenario.apply()
    #expect(world.writes == ["POST referrals", "POST referrals", "PATCH Opportunity/\(Scenario.opportunity)"])
    #expect(FakeWorld.body(world.sent[1])["engagementId"] == "engagement-of-new-referral-0")
    #expect(FakeWorld.body(world.sent[1])["externalReferenceId"] == nil)
    #expect(world.field(Scenario.opportunity, "Referral_Identifier__c") == "new-referral-0")
    #expect(world.field(Scenario.opportunity, "Referral_Link__c") == "https://partner.example/new-referral-0/view")
    #expect(try scenario.outcomes() == [.applied, .applied, .applied])
    #expect(try scenario.ledger.read { try $0.referral(linkedWith: Scenario.opportunity) } == "new-referral-0")
    #expect(try scenario.base("new-referral-0") == ["Deal name": "Fabrikam"])
  }

  @Test func `R20 a referral that may yet arrive is unknown, and not created again in this run`() throws {
    let world = opportunity()
    world.fault = { $0.method == .post && $0.url.hasSuffix("/referrals") ? .swallow : nil }
    let scenario = try referral(world, connected: true)
    let result = try scenario.apply()
    #expect(world.writes == ["POST referrals"])
    #expect(world.referrals.isEmpty)
    #expect(try scenario.outcomes() == [.unknown, .notAttempted, .notAttempted])
    #expect(result.exit == .someFailed)
  }

  @Test func `R20 R36 both referrals of a shared deal are looked for when their answers are lost`() throws {
    let world = opportunity()
    world.fault = { $0.method == .post && $0.url.hasSuffix("/referrals") ? .loseAnswer : nil }
    let scenario = try referral(world, connected: true)
    _ = try scenario.apply()
    #expect(world.writes == ["POST referrals", "POST referrals", "PATCH Opportunity/\(Scenario.opportunity)"])
    #expect(world.referrals.count == 2)
    #expect(try scenario.outcomes() == [.applied, .applied, .applied])
    #expect(world.field(Scenario.opportunity, "Referral_Identifier__c") == "new-referral-0")
  }

  @Test func `R36 when Microsoft's referral is refused, the own one is linked all the same`() throws {
    let world = opportunity()
    world.fault = { request in
      FakeWorld.body(request)["engagementId"] == nil || !request.url.hasSuffix("/referrals") ? nil : .refuse(400, "{}")
    }
    let scenario = try referral(world, connected: true)
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed, .applied, .applied])
    #expect(world.field(Scenario.opportunity, "Referral_Identifier__c") == "new-referral-0")
    #expect(world.field(Scenario.opportunity, "Name") == "Fabrikam ✘")
    #expect(try scenario.ledger.read { try $0.referral(linkedWith: Scenario.opportunity) } == "new-referral-0")
    #expect(try scenario.base("new-referral-0").isEmpty)
  }
}
