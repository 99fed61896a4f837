import Foundation
import JSON
import Ledger
import Load
import Model
import Testing
import Wire

/// A death at every journal point: before and after the effect of every single write.
@Suite struct ResumeTests {
  private struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let world: @Sendable () -> FakeWorld
    let rows: [(PairKey, Change)]
    var decisions: [Int: Decision] = [:]
    /// How many writes it takes.
    let writes: Int
  }

  private static let stories: [Story] = [
    Story(
      testDescription: "both sides of a pair, with its mark", world: { FakeWorld.pair() },
      rows: [
        Rows.status(.accept, "Active", "Accepted"), Rows.toPartnerCenter("Deal value", "/details/dealValue", 250),
        Rows.status(.closeWon, "Closed", "Won", risk: .terminal), Rows.toSalesforce("Stage", "StageName", "Closed Won"),
        Rows.toSalesforce("Phone", "Phone", "1", object: "Account", id: Scenario.account), Rows.mark(),
      ].map { (Scenario.pair, $0) }, decisions: [3: .apply], writes: 4),
    Story(
      testDescription: "a new name, which goes out with its mark", world: { FakeWorld.pair() },
      rows: [Rows.toSalesforce("Deal name", "Name", "Fabrikam II"), Rows.mark()].map { (Scenario.pair, $0) }, writes: 1),
    Story(
      testDescription: "a new opportunity",
      world: {
        let world = FakeWorld()
        world.editReferral(Scenario.referral, "/name", "Fabrikam")
        return world
      },
      rows: Rows.newOpportunity(
        account: .create([FieldWrite("Name", #""Fabrikam""#), FieldWrite("BillingPostalCode", #""10115""#)])
      ).map { (PairKey(referralID: Scenario.referral), $0) }, writes: 8),
    Story(
      testDescription: "a new opportunity with a contact who has no address",
      world: {
        let world = FakeWorld()
        world.editReferral(Scenario.referral, "/name", "Fabrikam")
        return world
      },
      rows: Rows.newOpportunity(account: .create([FieldWrite("Name", #""Fabrikam""#)])).map { change in
        guard change.action == .addContact else { return (PairKey(referralID: Scenario.referral), change) }
        let draft = ContactDraft(existing: nil, fields: [FieldWrite("LastName", #""Zeller""#)], isPrimary: true)
        let nameless = Change(
          .addContact, .toSalesforce, because: Change.Grounds(.contactOfReferral, rule: "R50", "a contact"),
          effect: .addContact(draft))
        return (PairKey(referralID: Scenario.referral), nameless)
      }, writes: 8),
    Story(
      testDescription: "a new referral with Microsoft's",
      world: {
        let world = FakeWorld()
        world.add("Opportunity", Scenario.opportunity, ["Name": "Fabrikam"])
        return world
      },
      rows: Rows.newReferral(connected: true).map { (PairKey(opportunityID: Scenario.opportunity), $0) }, writes: 3),
    Story(
      testDescription: "lists of a pair, both ways", world: { FakeWorld.pairWithLists() },
      rows: [
        Rows.addSolution("SOL-3"), Rows.removeSolution("SOL-1"), Rows.addMember("jo@example.com"),
        Rows.addLine("SOL-9"), Rows.removeLines(["a00000000000001AAA", "a00000000000002AAA"]), Rows.addUser(),
      ].map { (Scenario.pair, $0) }, writes: 6),
    Story(
      testDescription: "help for a deal that exists", world: { FakeWorld.pair() },
      rows: [Rows.help(), Rows.mark()].map { (Scenario.pair, $0) }, writes: 3),
    Story(
      testDescription: "a new lead",
      world: {
        let world = FakeWorld()
        world.editReferral(Scenario.referral, "/name", "Fabrikam")
        return world
      }, rows: Rows.newLead().map { (PairKey(referralID: Scenario.referral), $0) }, writes: 2),
    Story(
      testDescription: "a note", world: { FakeWorld.pair() },
      rows: [(Scenario.pair, Rows.note())], writes: 2),
  ]

  /// Everything that a person sees of the world, without ids, versions and stamps.
  private func face(_ world: FakeWorld) -> [String] {
    let referrals = world.referrals.values.map { FakeWorld.object($0.filter { $0.key != "eTag" }).text }
    let records = world.records.values.map { $0.object + FakeWorld.object($0.fields).text }
    return (referrals + records).sorted()
  }

  /// What was left behind at the moment of a write: the ledger's file, and the world.
  private struct Wreck {
    let scenario: Scenario
    let world: FakeWorld
  }

  private func wreck(_ story: Story, atWrite number: Int, afterEffect: Bool) throws -> Wreck {
    let world = story.world()
    let scenario = try Scenario(world, story.rows)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("load-wreck-\(UUID().uuidString)").path
    var seen = 0
    var left: FakeWorld?
    let keep: (Request) -> Void = { _ in
      seen += 1
      guard seen == number else { return }
      try? FileManager.default.copyItem(atPath: scenario.folder.path, toPath: folder)
      left = world.copy()
    }
    if afterEffect { world.afterWrite = keep } else { world.beforeWrite = keep }
    _ = try scenario.apply(story.decisions)
    let copy = try Scenario.unwrap(left)
    return Wreck(
      scenario: try Scenario(copy, ledgerAt: folder + "/ledger.sqlite", run: scenario.run), world: copy)
  }

  @Test(arguments: stories)
  private func `a death at any write leads to the same world, with nothing written twice`(_ story: Story) throws {
    let clean = story.world()
    let scenario = try Scenario(clean, story.rows)
    _ = try scenario.apply(story.decisions)
    let clear = try scenario.outcomes()
    #expect(clear.allSatisfy { $0 == .applied })
    #expect(clean.sent.filter(FakeWorld.isWrite).count == story.writes)
    for number in 1...story.writes {
      for afterEffect in [false, true] {
        let wreck = try wreck(story, atWrite: number, afterEffect: afterEffect)
        let place: Comment = "write \(number), \(afterEffect ? "answer" : "request") lost"
        _ = try wreck.scenario.resume()
        #expect(face(wreck.world) == face(clean), place)
        #expect(try wreck.scenario.outcomes() == clear, place)
        let writes = wreck.world.sent.filter(FakeWorld.isWrite).count
        #expect(writes == story.writes - number + (afterEffect ? 0 : 1), place)
        #expect(try wreck.scenario.ledger.read { try $0.openIntents(of: 1) }.isEmpty, place)
      }
    }
  }

  @Test(arguments: stories)
  private func `a second death inside recovery changes nothing`(_ story: Story) throws {
    let clean = story.world()
    _ = try Scenario(clean, story.rows).apply(story.decisions)
    for number in 1...story.writes {
      let wreck = try wreck(story, atWrite: number, afterEffect: true)
      wreck.scenario.shouldStop = { wreck.world.sent.filter(FakeWorld.isWrite).count == 1 }
      let first = try wreck.scenario.resume()
      wreck.scenario.shouldStop = { false }
      if first.isInterrupted { _ = try wreck.scenario.resume() }
      #expect(face(wreck.world) == face(clean), "write \(number)")
    }
  }

  @Test func `R11 R36 another partner's record in the engagement is not taken for Microsoft's`() throws {
    let story = Story(
      testDescription: "help beside another partner",
      world: {
        let world = FakeWorld.pair()
        world.editReferral("other", "/id", "other")
        world.editReferral("other", "/engagementId", "engagement")
        world.editReferral("other", "/organizationId", "another-partner")
        return world
      }, rows: [(Scenario.pair, Rows.help())], writes: 2)
    for afterEffect in [false, true] {
      let wreck = try wreck(story, atWrite: 2, afterEffect: afterEffect)
      _ = try wreck.scenario.resume()
      #expect(wreck.world.referrals.count == 3)
      #expect(try wreck.scenario.outcomes() == [.applied])
    }
  }

  @Test(arguments: stories)
  private func `R20 while nobody can look, a request in doubt stays in doubt and is not sent again`(
    _ story: Story
  ) throws {
    let clean = story.world()
    _ = try Scenario(clean, story.rows).apply(story.decisions)
    for number in 1...story.writes {
      for isRefused in [false, true] {
        let wreck = try wreck(story, atWrite: number, afterEffect: true)
        let place: Comment = "write \(number), \(isRefused ? "sign-in refused" : "unreachable")"
        func doubtful() throws -> Set<Int> {
          Set(try wreck.scenario.ledger.read { try $0.openIntents(of: 1) }.flatMap(\.rows))
        }
        let before = try doubtful()
        #expect(!before.isEmpty, place)
        wreck.world.fault = { _ in isRefused ? .refuse(401, "{}") : .unreachable }
        let failure = #expect(throws: Failure.self, place) { try wreck.scenario.resume() }
        #expect(failure?.code == (isRefused ? .signInRefused : .unreachable), place)
        #expect(wreck.world.writes.isEmpty, place)
        #expect(try doubtful() == before, place)
        for row in try wreck.scenario.rows() where before.contains(row.seq) { #expect(row.outcome == .planned, place) }
        wreck.world.fault = { _ in nil }
        _ = try wreck.scenario.resume()
        #expect(try wreck.scenario.outcomes().allSatisfy { $0 == .applied }, place)
        #expect(face(wreck.world) == face(clean), place)
        #expect(wreck.world.sent.filter(FakeWorld.isWrite).count == story.writes - number, place)
      }
    }
  }

  @Test("R20: whichever look fails after a death, no row that took effect is told as not attempted", arguments: stories)
  private func failingLooks(_ story: Story) throws {
    for number in 1...story.writes {
      for (looks, isRefused) in (0...3).flatMap({ looks in [(looks, false), (looks, true)] }) {
        let wreck = try wreck(story, atWrite: number, afterEffect: true)
        // A step on the way to a record is not what its row is about, and a mark is decided by what became of the others.
        let intents = try wreck.scenario.ledger.read { try $0.openIntents(of: 1) }.filter { !Self.isOnTheWay($0.what) }
        let doubtful = Set(intents.flatMap(\.rows))
        var asked = 0
        wreck.world.fault = { request in
          guard !FakeWorld.isWrite(request) else { return nil }
          asked += 1
          return asked > looks ? .refuse(isRefused ? 401 : 400, "{}") : nil
        }
        _ = try? wreck.scenario.resume()
        for row in try wreck.scenario.rows() where doubtful.contains(row.seq) && row.change.action != .mark {
          #expect(
            [.planned, .applied, .unknown].contains(row.outcome),
            "write \(number), \(looks) looks, \(isRefused): \(row.change.action) is \(row.outcome)")
        }
      }
    }
  }

  private static func isOnTheWay(_ what: String) -> Bool {
    ["account", "contact for", "note for", "Microsoft_Solution_Detail__c", "referral for"].contains {
      what.hasPrefix("POST " + $0)
    }
  }

  @Test func `R111 what somebody changed after the death is stale and not overwritten`() throws {
    let story = Self.stories[0]
    let before = try wreck(story, atWrite: 1, afterEffect: false)
    before.world.editReferral(Scenario.referral, "/details/dealValue", 777)
    _ = try before.scenario.resume()
    #expect(before.world.referrals[Scenario.referral]?["details"]?["dealValue"] == 777)
    #expect(try before.scenario.outcomes().prefix(3) == [.stale, .stale, .stale])
    #expect(try before.scenario.base()["Deal value"] == nil)

    let after = try wreck(story, atWrite: 4, afterEffect: true)
    after.world.edit(Scenario.opportunity, "StageName", "by a seller")
    _ = try after.scenario.resume()
    #expect(after.world.field(Scenario.opportunity, "StageName") == "by a seller")
    #expect(try after.scenario.outcomes()[3] == .stale)
  }

  @Test func `R111 after a death between own lines and the opportunity's fields nothing can guard them`() throws {
    let solution = SolutionDraft(existing: "a01000000000001AAA", fields: [])
    let grounds = Change.Grounds(.solutionOfReferral, rule: "R51", "a solution of the referral")
    let story = Story(
      testDescription: "a line and a field", world: { FakeWorld.pair() },
      rows: [
        (Scenario.pair, Change(.addSolution, .toSalesforce, because: grounds, effect: .addSolution(solution))),
        (Scenario.pair, Rows.toSalesforce("Deal value", "Amount", 7)),
      ], writes: 2)
    let lost = try wreck(story, atWrite: 1, afterEffect: true)
    lost.world.edit(Scenario.opportunity, "Amount", 999)
    _ = try lost.scenario.resume()
    #expect(lost.world.records[Scenario.opportunity]?.fields["Amount"] == 999)
    #expect(lost.world.ids(of: "Microsoft_Solutions__c").count == 1)
    #expect(try lost.scenario.outcomes() == [.applied, .stale])

    let known = try wreck(story, atWrite: 2, afterEffect: false)
    _ = try known.scenario.resume()
    #expect(known.world.records[Scenario.opportunity]?.fields["Amount"] == 7)
    #expect(try known.scenario.outcomes() == [.applied, .applied])
  }
}
