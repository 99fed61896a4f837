import Ledger
import Model
import Planning
import Testing

@Suite struct RejectionTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile
  private let planner: Planner

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    planner = try Planner()
  }

  /// Rejects a plan's rows of some actions.
  private func reject(_ actions: Action..., of run: Int) throws {
    let rows = try ledger.rows(of: run).filter { actions.contains($0.change.action) }
    #expect(!rows.isEmpty)
    try ledger.write { transaction in
      for row in rows { try transaction.reject(row, run: run) }
    }
  }

  private func actions(_ run: Int) throws -> [Action] { try ledger.rows(of: run).map(\.change.action) }

  @Test("a rejected row stays away until a value moves, and the pair says so")
  func update() throws {
    var world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    world.setOpportunity(1, "Amount", "5")
    try planner.plan(world, night: 2, in: ledger)
    #expect(try actions(2) == [.update, .mark])
    try reject(.update, of: 2)
    for night in 3...4 {
      try planner.plan(world, night: night, in: ledger)
      #expect(try actions(night).isEmpty)
      #expect(try ledger.lines().map(\.code) == [.rejectedByReviewer])
      #expect(try ledger.lines().map(\.standing) == [.held])
    }
    // Another field moves: the rejected one stays away.
    world.setOpportunity(1, "Description", "x")
    try planner.plan(world, night: 5, in: ledger)
    #expect(try ledger.rows(of: 5).map(\.change.field) == ["Notes", "Sync mark"])
    // Its own value moves: it is proposed again.
    world.setOpportunity(1, "Amount", "6")
    try planner.plan(world, night: 6, in: ledger)
    #expect(try ledger.rows(of: 6).map(\.change.field) == ["Deal value", "Notes", "Sync mark"])
  }

  @Test("a rejected conflict stays away until either side moves", arguments: ["details.dealValue", "Amount"])
  func conflict(_ column: String) throws {
    var world = World(pairs: 1)
    try planner.plan(world, night: 1, in: ledger)
    world.setOpportunity(1, "Amount", "5")
    world.setReferral(1, "details.dealValue", "6")
    try planner.plan(world, night: 2, in: ledger)
    #expect(try actions(2) == [.conflict, .mark])
    try reject(.conflict, of: 2)
    try planner.plan(world, night: 3, in: ledger)
    #expect(try actions(3).isEmpty)
    column == "Amount" ? world.setOpportunity(1, column, "7") : world.setReferral(1, column, "7")
    try planner.plan(world, night: 4, in: ledger)
    #expect(try actions(4) == [.conflict, .mark])
  }

  @Test("nothing follows on a rejected creation")
  func creation() throws {
    var world = World(pairs: 0)
    world.addReferral(1)
    try planner.plan(world, night: 1, in: ledger)
    #expect(try actions(1).first == .createOpportunity)
    try reject(.createOpportunity, of: 1)
    try planner.plan(world, night: 2, in: ledger)
    #expect(try actions(2).isEmpty)
    #expect(try ledger.lines().map(\.code) == [.rejectedByReviewer])
  }

  @Test("R59 R62: nothing that rides with a rejected acceptance is sent without it")
  func acceptance() throws {
    var world = World(pairs: 1)
    world.setReferral(1, "status", "New")
    world.setReferral(1, "substatus", "Received")
    world.setOpportunity(1, "StageName", "Co-sell On Hold")
    try planner.plan(world, night: 1, in: ledger)
    #expect(try ledger.lines().map(\.code) == [.waitingOnHold])
    world.setOpportunity(1, "StageName", "Closed Won")
    world.setOpportunity(1, "IsClosed", "true")
    world.setOpportunity(1, "IsWon", "true")
    world.setOpportunity(1, "Amount", "5")
    world.setReferral(1, "details.closingDateTime", "2027-01-01T00:00:00Z")
    try planner.plan(world, night: 2, in: ledger)
    #expect(try actions(2) == [.accept, .update, .update, .closeWon, .mark])
    try reject(.accept, of: 2)
    try planner.plan(world, night: 3, in: ledger)
    #expect(try ledger.rows(of: 3).map(\.change.field) == ["Closing date", "Sync mark"])
    #expect(try ledger.rows(of: 3).allSatisfy { $0.change.direction == .toSalesforce })
  }

  @Test("a mark alone is not written, and a rejected mark stays away")
  func mark() throws {
    var world = World(pairs: 1)
    world.setOpportunity(1, "Name", "Deal 1 ✘")
    try planner.plan(world, night: 1, in: ledger)
    #expect(try actions(1) == [.mark])
    try reject(.mark, of: 1)
    try planner.plan(world, night: 2, in: ledger)
    #expect(try actions(2).isEmpty)
  }
}
