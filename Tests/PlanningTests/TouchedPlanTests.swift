import Ledger
import Model
import Planning
import Testing
import Transform

/// A plan of just the deals that events named.
@Suite struct TouchedPlanTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let planner: Planner

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    planner = try Planner()
  }

  @Test("it proposes what the named deal lacks, and leaves every other record and verdict as it was")
  func justThat() throws {
    var world = World(pairs: 6)
    try planner.plan(world, night: 1, in: ledger)
    let before = try ledger.lines()
    world.setReferral(2, "details.dealValue", "250")
    // Not named by any event: the next full plan finds it.
    world.setReferral(5, "details.dealValue", "900")
    let source = WorldChoice(world, planner.columns)
    let result = try planner.plan(touched: [2], of: source, night: 2, in: ledger)
    #expect(result.missing.isEmpty && result.plan.run.kind == "touched")
    let rows = try ledger.rows(of: 2)
    #expect(rows.map(\.change.field) == ["Deal value", "Sync mark"])
    #expect(Set(rows.map(\.key.referralID)) == [World.referralID(2)])
    #expect(rows[0].change.new == "250")
    let after = try ledger.lines()
    #expect(after.count == before.count)
    #expect(zip(before, after).filter { $0 != $1 }.map(\.1.key.referralID) == [World.referralID(2)])
    #expect(source.asked == [[World.referralID(2)], [World.opportunityID(2)]])
    #expect(source.isEnded)
  }

  @Test("it ends no record, and its snapshot is the whole one with what was read in it")
  func endsNothing() throws {
    var world = World(pairs: 30)
    let first = try planner.plan(world, night: 1, in: ledger)
    world.setReferral(3, "name", "Another name")
    let result = try planner.plan(touched: [3], world, night: 2, in: ledger)
    let counts = result.plan.snapshots
    #expect(counts[.referral]?.total == 30 && counts[.opportunity]?.total == 30)
    #expect(counts[.referral]?.moved == 1 && counts[.referral]?.missing == 0 && counts[.opportunity]?.missing == 0)
    #expect(counts[.opportunity]?.digest == first.snapshots[.opportunity]?.digest)
    let digests = try ledger.read { try $0.snapshotDigests(asOf: 2) }
    #expect(digests[.referral] == counts[.referral]?.digest && digests[.opportunity] == counts[.opportunity]?.digest)
    // The full night says the same of every record.
    let full = try planner.plan(world, night: 3, in: ledger)
    #expect(full.snapshots[.referral]?.digest == counts[.referral]?.digest)
    #expect(full.snapshots[.referral]?.moved == 0 && full.snapshots[.referral]?.missing == 0)
  }

  @Test("the full plan of the night proposes the same rows again and nothing besides")
  func nightAgrees() throws {
    var world = World(pairs: 4)
    try planner.plan(world, night: 1, in: ledger)
    world.setReferral(2, "details.dealValue", "250")
    try planner.plan(touched: [2], world, night: 2, in: ledger)
    let lines = try ledger.lines()
    try planner.plan(world, night: 3, in: ledger)
    #expect(try ledger.rows(of: 3).map(\.change) == ledger.rows(of: 2).map(\.change))
    #expect(try ledger.lines() == lines)
  }

  @Test("R22: a referral that is not there any more is told, and nothing is concluded from it")
  func missing() throws {
    var world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    let before = try ledger.lines()
    world.referrals[World.referralID(2)] = nil
    // The pair must not be judged by the half of it that is there.
    world.setOpportunity(2, "Amount", "999")
    let result = try planner.plan(touched: [2, 9], world, night: 2, in: ledger)
    #expect(result.missing == [World.referralID(2), World.referralID(9)])
    #expect(try ledger.rows(of: 2).isEmpty)
    #expect(try ledger.lines() == before)
    #expect(result.plan.snapshots[.referral]?.total == 3)
  }

  @Test("a deal of which the opportunity cannot be read is left to the night")
  func opportunityMissing() throws {
    var world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    let before = try ledger.lines()
    world.opportunities[World.opportunityID(2)] = nil
    world.setReferral(2, "details.dealValue", "250")
    world.setReferral(3, "details.dealValue", "350")
    try planner.plan(touched: [2, 3], world, night: 2, in: ledger)
    #expect(Set(try ledger.rows(of: 2).map(\.key.referralID)) == [World.referralID(3)])
    #expect(try ledger.lines().first { $0.key.referralID == World.referralID(2) } == before[1])
  }

  @Test("whatever the named deal drags along is read afresh before it is judged")
  func draggedAlong() throws {
    var world = World(pairs: 2)
    world.addReferral(7)
    // A second referral names the opportunity of the first.
    world.setReferral(7, "externalReferenceId", World.opportunityID(1))
    try planner.plan(world, night: 1, in: ledger)
    #expect(try ledger.lines().contains { $0.code == .identityDuplicate || $0.code == .identityDisagreement })
    // It is corrected, and only the first is named by an event.
    world.setReferral(7, "externalReferenceId", "")
    let source = WorldChoice(world, planner.columns)
    try planner.plan(touched: [1], of: source, night: 2, in: ledger)
    #expect(Set(source.asked.flatMap { $0 }).isSuperset(of: [World.referralID(1), World.referralID(7)]))
    let lines = try ledger.lines()
    #expect(!lines.contains { $0.code == .identityDuplicate || $0.code == .identityDisagreement })
    try planner.plan(world, night: 3, in: ledger)
    #expect(try ledger.lines() == lines)
  }

  @Test("a new referral is created in Salesforce once, and attached to an account that is new as well")
  func newReferral() throws {
    var world = World(pairs: 2)
    try planner.plan(world, night: 1, in: ledger)
    world.addReferral(5)
    world.accounts["001000000000005AAA"] = [
      "Id": "001000000000005AAA", "Name": "Customer 5", "BillingPostalCode": "80331", "BillingCountry": "DE",
    ]
    try planner.plan(touched: [5], world, night: 2, in: ledger)
    let rows = try ledger.rows(of: 2)
    #expect(rows.first?.change.action == .createOpportunity)
    let alone = try folder.ledger("full")
    try planner.plan(World(pairs: 2), night: 1, in: alone)
    try planner.plan(world, night: 2, in: alone)
    #expect(rows.map(\.change) == (try alone.rows(of: 2).map(\.change)))
  }

  @Test("it rests on a full plan by today's mapping, and is refused without one")
  func needsFullPlan() throws {
    let world = World(pairs: 2)
    #expect(
      throws: Failure(
        .touchedNeedsPlan, "a run about single referrals rests on a full plan: there was no full plan yet",
        fix: "run `reconcile plan`; the events stay queued")
    ) { try planner.plan(touched: [1], world, night: 1, in: ledger) }
    try planner.plan(world, night: 1, in: ledger)
    #expect(
      throws: Failure(
        .touchedNeedsPlan,
        "a run about single referrals rests on a full plan: the mapping is not the one of the last full plan",
        fix: "run `reconcile plan`; the events stay queued")
    ) { try Planner(settings: ["Private deals": "skip"]).plan(touched: [1], world, night: 2, in: ledger) }
    #expect(try ledger.read { try $0.runs() }.count == 1)
  }

  @Test("another party's record that no list has shown is not taken into the snapshot")
  func foreign() throws {
    var world = World(pairs: 2)
    try planner.plan(world, night: 1, in: ledger)
    world.addReferral(8)
    world.setReferral(8, "organizationId", "msft")
    let result = try planner.plan(touched: [8], world, night: 2, in: ledger)
    #expect(result.plan.snapshots[.referral]?.total == 2 && result.missing.isEmpty)
    #expect(try ledger.lines().count == 2)
  }
}
