import JSON
import Ledger
import Load
import Model
import Testing
import Wire

@Suite struct ApplyReferralTests {
  private static let notes = Rows.toPartnerCenter("Notes", "/details/notes", "new")
  private static let value = Rows.toPartnerCenter("Deal value", "/details/dealValue", 250)

  @Test func `R17 R59 all rows of a referral are one document under its version`() throws {
    let world = FakeWorld.pair()
    let eTag = world.eTag(Scenario.referral)
    let accept = Rows.status(.accept, "Active", "Accepted")
    let scenario = try Scenario(world, [accept, Self.notes, Self.value].map { (Scenario.pair, $0) })
    let result = try scenario.apply()
    #expect(world.writes == ["PATCH referrals/\(Scenario.referral)"])
    #expect(FakeWorld.header(world.sent[0], "If-Match") == eTag)
    #expect(
      FakeWorld.body(world.sent[0]).text == """
        [{"op":"replace","path":"/status","value":"Active"},{"op":"replace","path":"/substatus","value":"Accepted"},\
        {"op":"replace","path":"/details/notes","value":"new"},{"op":"replace","path":"/details/dealValue","value":250}]
        """)
    #expect(result == ApplyResult(counts: [.applied: 3]))
    #expect(result.exit == .done)
    #expect(try scenario.base() == ["Stage": "Accepted", "Notes": #""new""#, "Deal value": "250"])
  }

  @Test func `R62 accept and then won are two documents, the second under the version that the first gave`() throws {
    let world = FakeWorld.pair()
    let rows = [
      Rows.status(.accept, "Active", "Accepted"), Rows.status(.closeWon, "Closed", "Won", risk: .terminal), Self.notes,
    ]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    var tags: [String] = []
    world.afterWrite = { _ in tags.append(world.eTag(Scenario.referral)) }
    _ = try scenario.apply([2: .apply])
    try #require(world.sent.count == 2)
    #expect(FakeWorld.header(world.sent[1], "If-Match") == tags[0])
    #expect(FakeWorld.body(world.sent[1]).arrayValue?.first?["value"] == "Closed")
    #expect(FakeWorld.body(world.sent[0]).arrayValue?.count == 3)
    #expect(try scenario.outcomes() == [.applied, .applied, .applied])
  }

  @Test func `R17 a version that the answer does not tell is asked for at once`() throws {
    let world = FakeWorld.pair()
    world.tellsVersion = false
    let rows = [Rows.status(.accept, "Active", "Accepted"), Rows.status(.closeWon, "Closed", "Won", risk: .terminal)]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    _ = try scenario.apply([2: .apply])
    #expect(world.sent.map(\.method) == [.patch, .get, .patch, .get])
    #expect(try scenario.outcomes() == [.applied, .applied])

    let silent = FakeWorld.pair()
    silent.tellsVersion = false
    silent.fault = { $0.method == .get ? .refuse(500, "{}") : nil }
    let blind = try Scenario(silent, rows.map { (Scenario.pair, $0) })
    _ = try blind.apply([2: .apply])
    #expect(try blind.outcomes() == [.applied, .stale])
    #expect(silent.writes.count == 1)
  }

  @Test func `R17 without a version nothing is written`() throws {
    let world = FakeWorld.pair()
    world.referrals[Scenario.referral]?["eTag"] = nil
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes)])
    _ = try scenario.apply()
    #expect(world.sent.isEmpty)
    #expect(try scenario.outcomes() == [.failed])
  }

  @Test func `R62 a referral that was not accepted is not won`() throws {
    let world = FakeWorld.pair()
    world.fault = { _ in .refuse(400, #"{"error":{"code":"invalidRequest","message":"no"}}"#) }
    let rows = [
      Rows.status(.accept, "Active", "Accepted"), Rows.status(.closeWon, "Closed", "Won", risk: .terminal),
    ]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    _ = try scenario.apply([2: .apply])
    #expect(world.sent.count == 1)
    #expect(try scenario.outcomes() == [.failed, .notAttempted])
    #expect(try scenario.codes() == [.requestRefused, .notAttempted])
  }

  @Test(arguments: [412, 409])
  func `R111 a referral that somebody changed is stale, and nothing more is sent to it`(_ status: Int) throws {
    let world = FakeWorld.pair()
    world.fault = { $0.method == .patch ? .refuse(status, "{}") : nil }
    let rows = [
      Rows.status(.accept, "Active", "Accepted"), Rows.status(.closeWon, "Closed", "Won", risk: .terminal), Self.value,
    ]
    let scenario = try Scenario(world, rows.map { (Scenario.pair, $0) })
    let result = try scenario.apply([2: .apply])
    #expect(world.sent.count == 1)
    #expect(try scenario.outcomes() == [.stale, .stale, .stale])
    #expect(try scenario.base().isEmpty)
    #expect(result.exit == .someFailed)
  }

  @Test func `R111 an edit after the snapshot is not overwritten`() throws {
    let world = FakeWorld.pair()
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes)])
    world.editReferral(Scenario.referral, "/details/notes", "by a seller")
    _ = try scenario.apply()
    #expect(world.referrals[Scenario.referral]?["details"]?["notes"] == "by a seller")
    #expect(try scenario.outcomes() == [.stale])
    #expect(try scenario.codes() == [.staleRecord])
    #expect(try scenario.rows()[0].answer.status == 412)
  }

  @Test func `R20 a lost answer is unknown, moves no base and is not sent again`() throws {
    let world = FakeWorld.pair()
    world.fault = { _ in .loseAnswer }
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes)])
    let result = try scenario.apply()
    #expect(world.sent.count == 1)
    #expect(try scenario.outcomes() == [.unknown])
    #expect(try scenario.codes() == [.outcomeUnknown])
    #expect(try scenario.base().isEmpty)
    #expect(result.exit == .someFailed)
  }

  @Test func `R112 one refused referral does not block the others`() throws {
    let world = FakeWorld.pair()
    let other = PairKey(referralID: "22222222-2222-2222-2222-222222222222", opportunityID: "006000000000002AAA")
    world.editReferral(other.referralID, "/name", "Contoso")
    world.fault = { $0.url.contains(Scenario.referral) ? .refuse(400, "{}") : nil }
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes), (other, Self.notes)])
    let result = try scenario.apply()
    #expect(try scenario.outcomes() == [.failed, .applied])
    #expect(try scenario.base().isEmpty)
    #expect(try scenario.base(other.referralID) == ["Notes": #""new""#])
    #expect(result.counts == [.failed: 1, .applied: 1])
  }

  @Test func `R113 the base moves only for what was acknowledged, and the serial once for the run`() throws {
    let world = FakeWorld.pair()
    let failing = Rows.toSalesforce("Stage", "StageName", "refuse me")
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes), (Scenario.pair, failing)])
    let before = try scenario.ledger.read { try $0.serial() }
    _ = try scenario.apply()
    #expect(try scenario.base() == ["Notes": #""new""#])
    #expect(try scenario.ledger.read { try $0.serial() } == before + 1)
    #expect(try scenario.entry().state == .applied)
  }

  @Test func `a run that wrote nothing leaves the serial`() throws {
    let scenario = try Scenario(.pair(), [(Scenario.pair, Self.notes)])
    let before = try scenario.ledger.read { try $0.serial() }
    let result = try scenario.apply([1: .hold])
    #expect(try scenario.ledger.read { try $0.serial() } == before)
    #expect(scenario.world.sent.isEmpty)
    #expect(result.exit == .waiting)
    #expect(try scenario.outcomes() == [.held])
  }

  @Test func `a rejected row is not sent and not proposed again`() throws {
    let scenario = try Scenario(.pair(), [(Scenario.pair, Self.notes)])
    let result = try scenario.apply([1: .reject])
    #expect(scenario.world.sent.isEmpty)
    #expect(result == ApplyResult(counts: [.rejected: 1]))
    #expect(result.exit == .done)
    #expect(try scenario.ledger.read { try $0.isRejected(Self.notes, of: Scenario.pair) })
  }

  @Test(arguments: [
    (Decision.partnerCenter, ["PATCH Opportunity/\(Scenario.opportunity)"], "7"),
    (Decision.salesforce, ["PATCH referrals/\(Scenario.referral)"], "9"),
  ])
  func `R115 a decided conflict sends the chosen value to the other side`(
    _ decision: Decision, _ writes: [String], _ value: String
  ) throws {
    let scenario = try Scenario(.pair(), [(Scenario.pair, Rows.conflict())])
    _ = try scenario.apply([1: decision])
    #expect(scenario.world.writes == writes)
    #expect(try scenario.base() == ["Deal value": value])
    #expect(try scenario.outcomes() == [.applied])
  }

  @Test func `a decision that a row does not allow changes nothing`() throws {
    let scenario = try Scenario(.pair(), [(Scenario.pair, Self.notes), (Scenario.pair, Rows.conflict())])
    let failure = #expect(throws: Failure.self) { try scenario.apply([1: .reject, 2: .apply]) }
    #expect(failure?.code == .decisionUnknown)
    #expect(try scenario.entry().state == .planned)
    #expect(try scenario.outcomes() == [.planned, .planned])
  }

  @Test func `a plan is applied once`() throws {
    let scenario = try Scenario(.pair(), [(Scenario.pair, Self.notes)])
    let early = #expect(throws: Failure.self) { try scenario.resume() }
    #expect(early?.code == .planUsed)
    _ = try scenario.apply()
    for again in [{ try scenario.apply() }, { try scenario.resume() }] {
      let failure = #expect(throws: Failure.self) { try again() }
      #expect(failure?.code == .planUsed)
    }
    #expect(scenario.world.sent.count == 1)
  }

  @Test func `an error that concerns the whole run stops it, and resume takes up the rest`() throws {
    let world = FakeWorld.pair()
    let other = PairKey(referralID: "22222222-2222-2222-2222-222222222222", opportunityID: "006000000000002AAA")
    world.editReferral(other.referralID, "/name", "Contoso")
    let scenario = try Scenario(
      world, [(Scenario.pair, Self.notes), (other, Self.notes), (other, Rows.conflict()), (other, Self.value)])
    world.fault = { $0.url.contains(other.referralID) ? .unreachable : nil }
    let failure = #expect(throws: Failure.self) { try scenario.apply([4: .hold]) }
    #expect(failure?.code == .unreachable)
    #expect(try scenario.outcomes() == [.applied, .notAttempted, .held, .held])
    #expect(try scenario.entry().state == .applying)
    world.fault = { _ in nil }
    let result = try scenario.resume()
    #expect(try scenario.outcomes() == [.applied, .applied, .held, .held])
    #expect(world.sent.count == 3)
    #expect(result.exit == .waiting)
  }

  @Test func `a sign-in that is refused stops the run before the other records`() throws {
    let world = FakeWorld.pair()
    let other = PairKey(referralID: "22222222-2222-2222-2222-222222222222")
    world.editReferral(other.referralID, "/name", "Contoso")
    world.fault = { _ in .refuse(401, "{}") }
    let scenario = try Scenario(world, [(Scenario.pair, Self.notes), (other, Self.notes)])
    let failure = #expect(throws: Failure.self) { try scenario.apply() }
    #expect(failure?.code == .signInRefused)
    #expect(world.sent.count == 1)
    #expect(try scenario.outcomes() == [.notAttempted, .notAttempted])
    #expect(try scenario.rows()[1].answer.message.hasPrefix("the run was stopped") == true)
  }

  @Test func `a permission that is refused for every record stops the run, for one record it does not`() throws {
    let world = FakeWorld()
    let keys = (1...8).map { PairKey(referralID: "r\($0)") }
    for key in keys { world.editReferral(key.referralID, "/name", "x") }
    let scenario = try Scenario(world, keys.map { ($0, Self.notes) })
    world.fault = { $0.url.hasSuffix("r1") ? nil : .refuse(403, "{}") }
    let result = try scenario.apply()
    #expect(result.counts == [.applied: 1, .failed: 7])

    let barred = try Scenario(world, keys.map { ($0, Self.notes) })
    world.fault = { _ in .refuse(403, "{}") }
    let failure = #expect(throws: Failure.self) { try barred.apply() }
    #expect(failure?.code == .permissionRefused)
    #expect(try barred.outcomes().filter { $0 == .failed }.count == 5)
    #expect(try barred.outcomes().filter { $0 == .notAttempted }.count == 3)
  }

  @Test func `an interrupted run ends between two operations and is resumed`() throws {
    let world = FakeWorld.pair()
    let scenario = try Scenario(
      world, [(Scenario.pair, Self.notes), (Scenario.pair, Rows.toSalesforce("Deal value", "Amount", 7))])
    scenario.shouldStop = { world.sent.count == 1 }
    let result = try scenario.apply()
    #expect(result.exit == .interrupted)
    #expect(try scenario.outcomes() == [.applied, .planned])
    scenario.shouldStop = { false }
    #expect(try scenario.resume().exit == .done)
    #expect(world.writes == ["PATCH referrals/\(Scenario.referral)", "PATCH Opportunity/\(Scenario.opportunity)"])
  }
}
