import Foundation
import JSON
import Ledger
import Load
import Model
import Testing
import Wire

/// Answers and moments that are rare, and what becomes of the rows.
@Suite("Rare answers to a write")
struct ApplyRefusalTests {
  private static func account(_ field: String, _ value: JSONValue, id: String = Scenario.account) -> Change {
    Rows.toSalesforce(field, field, value, object: "Account", id: id)
  }

  private static func isPost(_ request: Request, to object: String) -> Bool {
    request.method == .post && request.url.hasSuffix("/sobjects/\(object)")
  }

  // MARK: Accounts

  @Test(
    "R111: nothing more is attached to an opportunity that somebody changed, nor written to its account",
    arguments: [account("Phone", "1"), Rows.note()])
  func staleOpportunity(_ row: Change) throws {
    let world = FakeWorld.pairWithLists()
    let scenario = try Scenario(world, [Rows.addLine("SOL-9"), row].map { (Scenario.pair, $0) })
    world.edit(Scenario.opportunity, "Amount", 7)
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.stale, .stale])
    #expect(world.writes.isEmpty)
  }

  @Test("R111 R77: Microsoft is not asked for help with a referral that somebody changed")
  func staleHelp() throws {
    let world = FakeWorld.pair()
    let notes = Rows.toPartnerCenter("Notes", "/details/notes", "new")
    let scenario = try Scenario(world, [notes, Rows.help()].map { (Scenario.pair, $0) })
    world.editReferral(Scenario.referral, "/details/notes", "theirs")
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.stale, .stale])
    #expect(world.referrals[Scenario.referral]?["details"]?["notes"] == "theirs")
  }

  @Test("a field of a referral that there is not is not attempted")
  func noReferral() throws {
    let world = FakeWorld.pair()
    let key = PairKey(opportunityID: Scenario.opportunity)
    let scenario = try Scenario(world, [(key, Rows.toPartnerCenter("Notes", "/details/notes", "new"))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.notAttempted])
    #expect(world.writes.isEmpty)
  }

  @Test("a field of an account that there is not is not attempted")
  func noAccount() throws {
    let scenario = try Scenario(FakeWorld.pair(), [(Scenario.pair, Self.account("Phone", "1", id: ""))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.notAttempted])
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("two accounts that fit are a person's business")
  func twoAccounts() throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    for number in 1...2 {
      world.add("Account", "00100000000000\(number)AAA", ["Name": "Fabrikam", "BillingPostalCode": "10115"])
    }
    let fields = [FieldWrite("Name", #""Fabrikam""#), FieldWrite("BillingPostalCode", #""10115""#)]
    let rows = Rows.newOpportunity(account: .create(fields)).map { (PairKey(referralID: Scenario.referral), $0) }
    let scenario = try Scenario(world, rows)
    _ = try scenario.apply()
    #expect(try scenario.outcomes()[0] == .failed)
    #expect(try scenario.codes()[0] == .accountAmbiguous)
    #expect(world.writes.isEmpty)
  }

  // MARK: Creations

  @Test("R20: a creation whose answer names no record is unknown", arguments: ["Contact", "Account", "Opportunity"])
  func namelessAnswer(_ object: String) throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    world.fault = { Self.isPost($0, to: object) ? .refuse(201, #"{"success":true,"errors":[]}"#) : nil }
    let rows = Rows.newOpportunity(account: .create([FieldWrite("Name", #""Fabrikam""#)]))
    let scenario = try Scenario(world, rows.map { (PairKey(referralID: Scenario.referral), $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes().contains(.unknown))
    #expect(world.ids(of: object).isEmpty)
  }

  @Test("R49 R20: a lead whose creation got no answer is looked for, and its id goes into the referral")
  func lostLead() throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    world.fault = { Self.isPost($0, to: "Lead") ? .loseAnswer : nil }
    let scenario = try Scenario(world, Rows.newLead().map { (PairKey(referralID: Scenario.referral), $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .applied])
    #expect(world.ids(of: "Lead").count == 1)
    #expect(world.referrals[Scenario.referral]?["externalReferenceId"]?.stringValue == world.ids(of: "Lead").first)
  }

  @Test("R49 R20: a lead of which nothing is to be found stays unknown, and the referral names none")
  func vanishedLead() throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    world.fault = { Self.isPost($0, to: "Lead") ? .swallow : nil }
    let scenario = try Scenario(world, Rows.newLead().map { (PairKey(referralID: Scenario.referral), $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.unknown, .notAttempted])
  }

  @Test("R49 R18: two leads of one referral are a person's business")
  func twoLeads() throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    for number in 1...2 {
      world.add("Lead", "00Q00000000000\(number)AAA", ["Referral_Identifier__c": .string(Scenario.referral)])
    }
    let scenario = try Scenario(world, Rows.newLead().map { (PairKey(referralID: Scenario.referral), $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed, .notAttempted])
    #expect(try scenario.codes()[0] == .identityDuplicate)
  }

  // MARK: Lists and help

  @Test("R93: a line that somebody else took off at the same moment is gone, as was wanted")
  func removedMeanwhile() throws {
    let world = FakeWorld.pairWithLists()
    let line = "a00000000000001AAA"
    world.beforeWrite = { [unowned world] request in
      if request.method == .delete { world.records[line] = nil }
    }
    let scenario = try Scenario(world, [(Scenario.pair, Rows.removeLines([line]))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied])
    #expect(world.records[line] == nil)
  }

  @Test("R94: a catalogue that holds a solution twice is a person's business")
  func twiceInCatalogue() throws {
    let world = FakeWorld.pair()
    for number in 1...2 {
      world.add(
        "Microsoft_Solution_Detail__c", "a01000000000\(number)00AAA", ["Solution_Identifier__c": "SOL-9"])
    }
    let scenario = try Scenario(world, [(Scenario.pair, Rows.addLine("SOL-9"))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed])
    #expect(try scenario.codes() == [.solutionUnknown])
    #expect(world.writes.isEmpty)
  }

  @Test("R90: a note's text is Salesforce's HTML without markup")
  func noteText() throws {
    let world = FakeWorld.pair()
    let scenario = try Scenario(world, [(Scenario.pair, Rows.note("\"a\" & <b>\nc"))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied])
    let note = try #require(world.ids(of: "ContentNote").first)
    let content = try #require(Data(base64Encoded: world.field(note, "Content") ?? ""))
    #expect(String(decoding: content, as: UTF8.self) == "&quot;a&quot; &amp; &lt;b&gt;<br>c")
  }

  @Test("R77: Microsoft is asked for nothing when the referral was not accepted")
  func notAccepted() throws {
    let accept = Rows.toPartnerCenter("Status", "/status", "Active", action: .accept)
    let scenario = try Scenario(FakeWorld.pair(), [accept, Rows.help()].map { (Scenario.pair, $0) })
    _ = try scenario.apply([1: .hold])
    #expect(try scenario.outcomes() == [.held, .notAttempted])
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("R36: a referral without an engagement has nothing to connect Microsoft to")
  func noEngagement() throws {
    let world = FakeWorld.pair()
    world.referrals[Scenario.referral]?["engagementId"] = nil
    let draft = HelpDraft(
      operations: [PatchOperation(path: "/consent/consentToShareReferralWithMicrosoftSellers", value: "true")],
      connected: #"{"name":"Fabrikam","status":"New"}"#, engagementID: "")
    let help = Change(
      .requestHelp, .toPartnerCenter, field: "Help",
      because: Change.Grounds(.changedInSalesforce, rule: "R36", "help"), effect: .requestHelp(draft))
    let scenario = try Scenario(world, [(Scenario.pair, help)])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed])
    #expect(try scenario.codes() == [.malformedAnswer])
  }

  // MARK: Values and runs

  @Test("a value of the plan that is no JSON is not sent")
  func unreadableValue() throws {
    let change = Change(
      .update, .toPartnerCenter, field: "Notes",
      because: Change.Grounds(.changedInSalesforce, rule: "R82", "changed"),
      effect: .patchReferral([PatchOperation(path: "/details/notes", value: "{")]))
    let scenario = try Scenario(FakeWorld.pair(), [(Scenario.pair, change)])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed])
    #expect(try scenario.codes() == [.valueUnreadable])
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("a run that the ledger does not know is not applied")
  func unknownRun() throws {
    let scenario = try Scenario(FakeWorld.pair(), [(Scenario.pair, Rows.toSalesforce("Deal value", "Amount", 5))])
    let other = try Scenario(
      scenario.world, ledgerAt: scenario.folder.appendingPathComponent("ledger.sqlite").path,
      run: try Scenario.unwrap(RunID("20261102T080000Z-zzzz")))
    #expect { try other.apply() } throws: { ($0 as? Failure)?.code == .runUnknown }
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("records that are too large to be read together are read by halves")
  func halves() throws {
    let world = FakeWorld.pair()
    let second = PairKey(referralID: "r2", opportunityID: "006000000000002AAA")
    world.add("Opportunity", second.opportunityID, ["Name": "Second", "Amount": 1])
    world.fault = { request in
      let isLook = request.method == .post && request.url.hasSuffix("/composite/sobjects/Opportunity")
      let count = FakeWorld.body(request)["ids"]?.arrayValue?.count ?? 0
      return isLook && count > 1 ? .tooLarge : nil
    }
    let scenario = try Scenario(
      world,
      [
        (Scenario.pair, Rows.toSalesforce("Deal value", "Amount", 5)), (Scenario.pair, Rows.mark()),
        (second, Rows.toSalesforce("Deal value", "Amount", 6, id: second.opportunityID)), (second, Rows.mark()),
      ])
    _ = try scenario.apply()
    #expect(try scenario.outcomes().allSatisfy { $0 == .applied })
    #expect(world.records[second.opportunityID]?.fields["Amount"] == 6)
  }

  // MARK: Edits beside an attachment

  @Test("R111: an edit while the run attaches something is not hidden by the stamp that is read afterwards")
  func editBesideAttachment() throws {
    let world = FakeWorld.pairWithLists()
    world.afterWrite = { [unowned world] request in
      if Self.isPost(request, to: "Microsoft_Solutions__c") { world.edit(Scenario.opportunity, "Amount", 777) }
    }
    let scenario = try Scenario(
      world, [Rows.addLine("SOL-9"), Rows.toSalesforce("Deal value", "Amount", 5)].map { (Scenario.pair, $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .stale])
    #expect(world.records[Scenario.opportunity]?.fields["Amount"] == 777)
  }

  @Test("R111: an edit of another field meanwhile keeps nothing back")
  func editElsewhere() throws {
    let world = FakeWorld.pairWithLists()
    world.afterWrite = { [unowned world] request in
      if Self.isPost(request, to: "Microsoft_Solutions__c") { world.edit(Scenario.opportunity, "NextStep", "call") }
    }
    let scenario = try Scenario(
      world, [Rows.addLine("SOL-9"), Rows.toSalesforce("Deal value", "Amount", 5)].map { (Scenario.pair, $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .applied])
    #expect(world.records[Scenario.opportunity]?.fields["NextStep"] == "call")
  }

  @Test("R20: a creation in doubt stays unknown while nobody can look, also where the service answers nonsense")
  func doubtAndNonsense() throws {
    let world = FakeWorld()
    world.editReferral(Scenario.referral, "/name", "Fabrikam")
    let rows = Rows.newOpportunity(account: .existing(id: Scenario.account))
    let scenario = try Scenario(world, rows.map { (PairKey(referralID: Scenario.referral), $0) })
    var isSent = false
    world.fault = { request in
      if Self.isPost(request, to: "Opportunity") {
        isSent = true
        return .loseAnswer
      }
      return isSent && request.url.contains("/query") ? .unreachable : nil
    }
    _ = try? scenario.apply()
    world.fault = { $0.url.contains("/query") ? .refuse(200, "<html>") : nil }
    _ = try? scenario.resume()
    #expect(try scenario.outcomes()[0] == .unknown)
    #expect(world.ids(of: "Opportunity").count <= 1)
  }
}
