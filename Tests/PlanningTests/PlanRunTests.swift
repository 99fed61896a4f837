import Ledger
import Model
import Planning
import Testing
import Transform

@Suite struct PlanRunTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let planner: Planner

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    planner = try Planner()
  }

  @Test("a first night links what names each other and agrees on what is alike")
  func firstNight() throws {
    let result = try planner.plan(World(pairs: 3), night: 1, in: ledger)
    #expect(try ledger.lines().map(\.standing) == [.inSync, .inSync, .inSync])
    #expect(try ledger.rows(of: 1).isEmpty)
    #expect(result.run.digest.count == 64)
    #expect(result.snapshots[.referral]?.total == 3)
    #expect(result.snapshots[.opportunity]?.new == 3)
    for number in 1...3 {
      #expect(
        try ledger.read { try $0.opportunity(linkedWith: World.referralID(number)) } == World.opportunityID(number))
      #expect(try ledger.read { try $0.base(of: World.referralID(number)) }["Deal value"] == "100")
    }
  }

  @Test("an unchanged night judges nothing anew and reports the same")
  func unchangedNight() throws {
    let world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    let lines = try ledger.lines()
    try planner.plan(world, night: 2, in: ledger)
    #expect(try ledger.touched().isEmpty)
    #expect(try ledger.lines() == lines)
    #expect(lines.count == 3)
  }

  @Test("a changed mapping judges everything anew")
  func changedMapping() throws {
    let world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    try Planner(settings: ["Private deals": "skip"]).plan(world, night: 2, in: ledger)
    #expect(try ledger.touched().count == 6)
  }

  @Test("a night looks at what moved and at what was left open, and at nothing else")
  func incremental() throws {
    var world = World(pairs: 4)
    try planner.plan(world, night: 1, in: ledger)
    world.setOpportunity(2, "Amount", "200")
    try planner.plan(world, night: 2, in: ledger)
    let pair = [World.referralID(2), World.opportunityID(2)]
    #expect(try ledger.touched() == pair)
    #expect(try ledger.rows(of: 2).map(\.change.field) == ["Deal value", "Sync mark"])
    try planner.plan(world, night: 3, in: ledger)
    #expect(try ledger.touched() == pair)
    #expect(try ledger.rows(of: 3).map(\.change) == ledger.rows(of: 2).map(\.change))
    #expect(try ledger.lines().filter { $0.standing == .changes }.map(\.changes) == [2])
  }

  @Test("two plans from the same snapshots have the same rows and the same digest")
  func sameDigest() throws {
    var world = World(pairs: 3)
    world.addReferral(8)
    world.addOpportunity(9)
    world.setOpportunity(1, "Amount", "5")
    world.setReferral(2, "details.dealValue", "6")
    let other = try folder.ledger("other")
    let first = try planner.plan(world, night: 1, in: ledger)
    let second = try planner.plan(world, night: 4, in: other, letters: "wxyz")
    #expect(first.run.digest == second.run.digest)
    #expect(try ledger.rows(of: 1) == other.rows(of: 1))
    #expect(try ledger.rows(of: 1).count > 6)
    world.setOpportunity(1, "Amount", "7")
    let third = try planner.plan(world, night: 1, in: folder.ledger("third"))
    #expect(third.run.digest != first.run.digest)
  }

  @Test("creates come first, then updates, then what closes a deal")
  func order() throws {
    var world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    world.setOpportunity(1, "StageName", "Closed Won")
    world.setOpportunity(1, "IsClosed", "true")
    world.setOpportunity(1, "IsWon", "true")
    world.setOpportunity(2, "Amount", "5")
    world.setReferral(3, "status", "Closed")
    world.setReferral(3, "substatus", "Lost")
    world.addReferral(4)
    world.addOpportunity(5)
    try planner.plan(world, night: 2, in: ledger)
    let rows = try ledger.rows(of: 2)
    #expect(rows.map(\.seq) == Array(1...rows.count))
    #expect(
      rows.map(\.change.action).filter { $0 != .mark } == [
        .createReferral, .link, .createOpportunity, .addSolution, .link, .update, .update, .closeWon, .closeLost,
      ])
    #expect(
      rows.filter { $0.change.action == .createOpportunity }.map(\.key)
        == [PairKey(referralID: World.referralID(4))])
    #expect(
      rows.first { $0.change.field == "Deal value" }?.versions
        == PlanRow.Versions(referral: "\"2\"", opportunity: "2026-11-01T09:00:00.000+0000"))
  }

  @Test("R45 R46: accounts that appear are seen although the referral did not move")
  func accountAppears() throws {
    var world = World(pairs: 0)
    world.addReferral(1)
    func account(night: Int) throws -> OpportunityDraft.Account? {
      try planner.plan(world, night: night, in: ledger)
      guard case .createOpportunity(let draft) = try ledger.rows(of: night).first?.change.effect else { return nil }
      return draft.account
    }
    guard case .create = try account(night: 1) else {
      Issue.record("an account is created")
      return
    }
    world.accounts["1"] = ["Id": "001X", "Name": "CUSTOMER 1", "BillingPostalCode": "80 331"]
    #expect(try account(night: 2) == .existing(id: "001X"))
    world.accounts["2"] = ["Id": "001Y", "Name": "customer 1", "BillingPostalCode": "80331"]
    #expect(try account(night: 3) == nil)
    #expect(try ledger.lines().map(\.code) == [.accountAmbiguous])
    world.accounts["1"] = nil
    #expect(try account(night: 4) == .existing(id: "001Y"))
  }
}
