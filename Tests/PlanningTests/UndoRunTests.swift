import Foundation
import Ledger
import Model
import Planning
import Testing

@Suite("A run of undo")
struct UndoRunTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let planner: Planner

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    planner = try Planner()
  }

  /// A ledger in which the second night carried a deal value into Salesforce, and the world after it.
  private func applied() throws -> World {
    var world = World(pairs: 2)
    try planner.plan(world, night: 1, in: ledger)
    world.setReferral(1, "details.dealValue", "250")
    try planner.plan(world, night: 2, in: ledger)
    try apply(2)
    world.setOpportunity(1, "Amount", "250")
    return world
  }

  /// What `apply` leaves of a run in the ledger when every request is acknowledged.
  private func apply(_ run: Int) throws {
    let rows = try ledger.rows(of: run)
    try ledger.write { transaction in
      for var row in rows where row.decision.writes {
        row.outcome = .applied
        try transaction.settle(row, of: run)
        if let undone = row.change.undoes {
          guard row.change.action != .mark else { continue }
          try transaction.putBack(undone.field, undone.base, referral: row.key.referralID)
          try transaction.reject(undone, of: row.key, run: run)
        } else {
          try transaction.agree(row.settlement?.settles ?? [:], referral: row.key.referralID)
        }
      }
      try transaction.setRun(run, state: .applied)
    }
  }

  @discardableResult
  private func undo(_ run: Int, _ world: World, night: Int) throws -> PlanRun.Result {
    try planner.undo(run, world, night: night, in: ledger)
  }

  @Test("the rows of the run come back reversed, the verdicts are those of the snapshots, and nothing else is proposed")
  func reversed() throws {
    var world = try applied()
    // Something of the night itself, which waits for the next plan.
    world.setReferral(2, "details.dealValue", "7")
    let result = try undo(2, world, night: 3)
    #expect(result.run.kind == "undo" && result.run.state == .planned)
    let rows = try ledger.rows(of: 3)
    #expect(rows.map(\.change.action) == [.update, .mark])
    #expect(rows.map(\.decision) == [.apply, .apply])
    #expect(rows[0].change.salesforce == "250" && rows[0].change.new == "100" && rows[0].change.base == "250")
    #expect(rows[0].versions.opportunity == "2026-11-01T09:00:00.000+0000")
    let lines = try ledger.lines()
    #expect(lines.map(\.standing) == [.inSync, .changes])
    #expect(lines.map(\.changes) == [2, 0])
    #expect(result.run.standings == [.inSync: 1, .changes: 1])
    try planner.plan(world, night: 4, in: ledger)
    #expect(try ledger.rows(of: 4).map(\.change.new) == ["7", "✔"])
  }

  @Test("once applied, the change stays away until a value moves, and the base is what it was")
  func comesToRest() throws {
    var world = try applied()
    try undo(2, world, night: 3)
    try apply(3)
    world.setOpportunity(1, "Amount", "100")
    let referral = World.referralID(1)
    #expect(try ledger.read { try $0.base(of: referral) }["Deal value"] == "100")
    try planner.plan(world, night: 4, in: ledger)
    #expect(try ledger.rows(of: 4).isEmpty)
    #expect(try ledger.lines().first?.code == .rejectedByReviewer)
    world.setReferral(1, "details.dealValue", "251")
    try planner.plan(world, night: 5, in: ledger)
    #expect(try ledger.rows(of: 5).map(\.change.new) == ["251", "✔"])
  }

  @Test("an undo is undone, and then its run can be undone again")
  func undoOfUndo() throws {
    var world = try applied()
    try undo(2, world, night: 3)
    try apply(3)
    world.setOpportunity(1, "Amount", "100")
    try undo(2, world, night: 4)
    #expect(try ledger.rows(of: 4).map(\.change.code) == [.takenBackAlready, .takenBackAlready])
    #expect(try ledger.rows(of: 4).allSatisfy { $0.decision == .hold })
    try undo(3, world, night: 5)
    #expect(try ledger.rows(of: 5).map(\.change.new) == ["250", "✔"])
    try apply(5)
    world.setOpportunity(1, "Amount", "250")
    let referral = World.referralID(1)
    #expect(try ledger.read { try $0.base(of: referral) }["Deal value"] == "250")
    try planner.plan(world, night: 6, in: ledger)
    #expect(try ledger.rows(of: 6).isEmpty)
    try undo(2, world, night: 7)
    #expect(try ledger.rows(of: 7).map(\.change.new) == ["100", "✔"])
  }

  @Test("what was edited since is held with both values, and nothing marks it")
  func editedSince() throws {
    var world = try applied()
    world.setOpportunity(1, "Amount", "300")
    try undo(2, world, night: 3)
    let rows = try ledger.rows(of: 3)
    #expect(rows.map(\.change.code) == [.editedSince, .leftByHand])
    #expect(rows.map(\.decision) == [.hold, .hold])
    #expect(rows[0].change.reason.contains("\"250\"") && rows[0].change.reason.contains("\"300\""))
  }

  @Test("a pair that is gone keeps its rows")
  func gone() throws {
    var world = try applied()
    world.opportunities[World.opportunityID(1)] = nil
    try undo(2, world, night: 3)
    #expect(try ledger.rows(of: 3).map(\.change.code) == [.undoBlocked, .leftByHand])
  }

  @Test("a row in doubt and a record that a failed row left behind are told")
  func leftBehind() throws {
    var world = World(pairs: 0)
    world.addReferral(1)
    try planner.plan(world, night: 1, in: ledger)
    let rows = try ledger.rows(of: 1)
    #expect(rows.map(\.change.action).prefix(3) == [.createOpportunity, .addSolution, .link])
    try ledger.write { transaction in
      let account = try transaction.intend("a", rows: [1], what: "POST account for referral x", of: 1, at: "t")
      try transaction.conclude(account, .applied, result: "001A", requestID: "", at: "t")
      var row = rows[0]
      row.outcome = .failed
      try transaction.settle(row, of: 1)
      _ = try transaction.intend("b", rows: [2], what: "POST Microsoft_Solutions__c of opportunity y", of: 1, at: "t")
      try transaction.setRun(1, state: .applying)
    }
    try undo(1, world, night: 2)
    let undone = try ledger.rows(of: 2)
    #expect(undone.map(\.change.code) == [.leftByHand, .undoBlocked])
    #expect(undone.first?.change.reason.contains("account 001A") == true)
    #expect(undone.allSatisfy { $0.decision == .hold && $0.change.effect == nil })
  }

  @Test("a run that is not there, was not begun or wrote nothing cannot be undone")
  func refused() throws {
    let world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    #expect(throws: Failure.self) { try undo(9, world, night: 2) }
    let notBegun = try #require(throws: Failure.self) { try undo(1, world, night: 2) }
    #expect(notBegun.code == .undoUnavailable)
    try apply(1)
    let nothing = try #require(throws: Failure.self) { try undo(1, world, night: 2) }
    #expect(nothing.code == .undoUnavailable)
    #expect(try ledger.read { try $0.runs().count } == 1, "a refusal leaves no run")
  }

  @Test("a changed mapping is neither confirmed nor noted by an undo: the next plan tells what it brings")
  func mappingStaysUnconfirmed() throws {
    let world = try applied()
    let rules = try ledger.read { try $0.meta("rules") }
    let edited = try Planner(settings: ["Active stage": "Qualified"])
    try edited.undo(2, world, night: 3, in: ledger)
    #expect(try ledger.read { try $0.meta("rules") } == rules)
    #expect(try ledger.rows(of: 3).map(\.change.new) == ["100", "✔"])
  }

  @Test("a record is found as a past run's snapshot held it")
  func asOf() throws {
    let world = try applied()
    try undo(2, world, night: 3)
    let amounts = try (1...3).map { run in
      try ledger.read { try $0.record(.opportunity, World.opportunityID(1), asOf: run)?["Amount"] }
    }
    #expect(amounts == ["100", "100", "250"])
    #expect(try ledger.read { try $0.record(.opportunity, World.opportunityID(9), asOf: 3) } == nil)
  }
}
