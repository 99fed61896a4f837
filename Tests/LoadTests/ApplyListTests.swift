import JSON
import Ledger
import Load
import Model
import Testing
import Wire

@Suite("Lists of a pair, as they are applied")
struct ApplyListTests {
  private static func solutions(_ world: FakeWorld) -> [String?]? {
    FakeWorld.object(world.referrals[Scenario.referral] ?? [:]).at("details.requirements.solutions")?.arrayValue?
      .map { $0["id"]?.stringValue }
  }

  private static let lines = ["a00000000000001AAA", "a00000000000002AAA", "a00000000000003AAA"]

  @Test("R93: without the row that puts another one in its place, the referral's last solution stays")
  func lastInPartnerCenter() throws {
    let changes = [
      Rows.addSolution("SOL-3"), Rows.removeSolution("SOL-1"), Rows.removeSolution("SOL-2"),
      Rows.toPartnerCenter("Deal value", "/details/dealValue", 7),
    ].map { (Scenario.pair, $0) }
    let whole = try Scenario(FakeWorld.pairWithLists(), changes)
    _ = try whole.apply()
    #expect(try whole.outcomes() == [.applied, .applied, .applied, .applied])
    #expect(Self.solutions(whole.world) == ["SOL-3"])
    #expect(whole.world.writes.count == 1)

    let part = try Scenario(FakeWorld.pairWithLists(), changes)
    _ = try part.apply([1: .hold])
    #expect(try part.outcomes() == [.held, .failed, .failed, .applied])
    #expect(try part.codes()[1] == .lastSolution)
    #expect(Self.solutions(part.world) == ["SOL-1", "SOL-2"])
    #expect(try part.base() == ["Deal value": "7"])
  }

  @Test("R93: one of two solutions goes, and the other one goes back as it was")
  func oneOfTwo() throws {
    let scenario = try Scenario(FakeWorld.pairWithLists(), [(Scenario.pair, Rows.removeSolution("SOL-1"))])
    _ = try scenario.apply()
    #expect(try scenario.base() == ["Solution SOL-1": ""])
    let sent = FakeWorld.body(try #require(scenario.world.sent.first { $0.method == .patch }))
    #expect(
      sent.text
        == #"[{"op":"replace","path":"/details/requirements/solutions","value":[{"id":"SOL-2","ownWord":7}]}]"#)
  }

  @Test("R93: a removal from a referral that somebody else changed is stale, not refused")
  func stale() throws {
    let scenario = try Scenario(FakeWorld.pairWithLists(), [(Scenario.pair, Rows.removeSolution("SOL-1"))])
    scenario.world.editReferral(Scenario.referral, "/details/requirements", ["solutions": [["id": "SOL-1"]]])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.stale])
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("R93: all lines of a solution go, and an opportunity's last solution stays")
  func lastInSalesforce() throws {
    let scenario = try Scenario(
      FakeWorld.pairWithLists(), [(Scenario.pair, Rows.removeLines(Array(Self.lines.prefix(2))))])
    _ = try scenario.apply()
    #expect(scenario.world.ids(of: "Microsoft_Solutions__c") == [Self.lines[2]])

    let changes = [Rows.addLine("SOL-9"), Rows.removeLines(Self.lines)].map { (Scenario.pair, $0) }
    let whole = try Scenario(FakeWorld.pairWithLists(), changes)
    _ = try whole.apply()
    #expect(try whole.outcomes() == [.applied, .applied])
    #expect(whole.world.ids(of: "Microsoft_Solutions__c").count == 1)

    let part = try Scenario(FakeWorld.pairWithLists(), changes)
    _ = try part.apply([1: .hold])
    #expect(try part.outcomes() == [.held, .failed])
    #expect(try part.codes() == [nil, .lastSolution])
    #expect(part.world.ids(of: "Microsoft_Solutions__c") == Self.lines)
    #expect(part.world.writes.isEmpty)
  }

  @Test("R93: lines that somebody took off already are no error")
  func gone() throws {
    let world = FakeWorld.pairWithLists()
    let scenario = try Scenario(world, [(Scenario.pair, Rows.removeLines(Array(Self.lines.prefix(2))))])
    world.records[Self.lines[0]] = nil
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied])
    #expect(world.writes == ["DELETE Microsoft_Solutions__c/\(Self.lines[1])"])
  }

  @Test("R93: a line whose id the export left out is not taken off, and nothing is agreed")
  func namelessLine() throws {
    let scenario = try Scenario(FakeWorld.pairWithLists(), [(Scenario.pair, Rows.removeLines(["line 5"]))])
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed])
    #expect(try scenario.base().isEmpty)
    #expect(scenario.world.writes.isEmpty)
    // Fifteen characters say the same as eighteen.
    let short = try Scenario(
      FakeWorld.pairWithLists(), [(Scenario.pair, Rows.removeLines([String(Self.lines[0].prefix(15))]))])
    _ = try short.apply()
    #expect(short.world.ids(of: "Microsoft_Solutions__c") == Array(Self.lines.dropFirst()))
  }

  @Test("R93: lines that are all gone already cost no request")
  func allGone() throws {
    let world = FakeWorld.pairWithLists()
    let scenario = try Scenario(world, [(Scenario.pair, Rows.removeLines([Self.lines[0]]))])
    world.records[Self.lines[0]] = nil
    _ = try scenario.apply()
    #expect(try scenario.rows().map(\.answer.status) == [nil])
    #expect(world.writes.isEmpty)
  }

  @Test("R59 R93: while the acceptance is held, a list's rows wait with it")
  func withoutAcceptance() throws {
    let changes = [
      Rows.status(.accept, "Active", "Accepted"), Rows.addSolution("SOL-3"), Rows.removeSolution("SOL-1"),
      Rows.removeSolution("SOL-2"),
    ].map { (Scenario.pair, $0) }
    let scenario = try Scenario(FakeWorld.pairWithLists(), changes)
    _ = try scenario.apply([1: .hold, 2: .hold])
    #expect(try scenario.outcomes() == [.held, .held, .notAttempted, .notAttempted])
    #expect(scenario.world.sent.isEmpty)
  }

  @Test("R100: a look that fails before a list is sent is a failure, since nothing left")
  func failedLook() throws {
    let scenario = try Scenario(FakeWorld.pairWithLists(), [(Scenario.pair, Rows.addMember("jo@a.example"))])
    scenario.world.fault = { $0.method == .get ? .refuse(200, "<html>") : nil }
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed])
    #expect(scenario.world.writes.isEmpty)
  }

  @Test("R99: members join a team that is not there as one list")
  func newTeam() throws {
    let scenario = try Scenario(
      FakeWorld.pairWithLists(),
      [Rows.addMember("jo@a.example"), Rows.addMember("al@a.example")].map { (Scenario.pair, $0) })
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .applied])
    #expect(
      scenario.world.referrals[Scenario.referral]?["team"] == [["email": "jo@a.example"], ["email": "al@a.example"]])
    _ = try Scenario(scenario.world, [(Scenario.pair, Rows.addMember("kim@a.example"))]).apply()
    #expect(scenario.world.referrals[Scenario.referral]?["team"]?.arrayValue?.count == 3)
  }
}
