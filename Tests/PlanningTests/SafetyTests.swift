import Ledger
import Model
import Planning
import Testing
import Transform

/// R117: a snapshot that is empty or shrank stops the run, and the ledger is as it was.
@Suite struct SafetyTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
  }

  /// How many of how many are missing, the limit in percent, and whether the run goes on.
  static let shrinking: [(before: Int, missing: Int, percent: Int, runs: Bool)] = [
    (20, 1, 10, true), (20, 2, 10, true), (20, 3, 10, false), (30, 3, 10, true), (30, 4, 10, false),
    (10, 1, 10, true), (10, 2, 10, false), (9, 2, 10, true), (9, 8, 10, true), (20, 1, 0, false), (20, 0, 0, true),
    (20, 19, 100, true), (25, 2, 9, true), (25, 3, 9, false),
  ]

  @Test("R117: one below, at and above the limit", arguments: shrinking, [Side.partnerCenter, .salesforce])
  func shrunk(_ sample: (before: Int, missing: Int, percent: Int, runs: Bool), side: Side) throws {
    var planner = try Planner()
    planner.limits = SnapshotLimits(minimumRecords: 10, maximumShrinkPercent: sample.percent)
    let before = World(pairs: sample.before)
    try planner.plan(before, night: 1, in: ledger)
    let content = try ledger.content(referrals: before.referrals.keys)
    var after = before
    for number in 0..<sample.missing {
      switch side {
      case .partnerCenter: after.referrals[World.referralID(number + 1)] = nil
      case .salesforce: after.opportunities[World.opportunityID(number + 1)] = nil
      }
    }
    do {
      try planner.plan(after, night: 2, in: ledger)
      #expect(sample.runs)
      #expect(try ledger.read { try $0.runs().count } == 2)
    } catch let failure as Failure {
      #expect(!sample.runs, "\(failure)")
      #expect(failure.code == .snapshotShrunk)
      #expect(failure.message.contains("\(sample.missing) of \(sample.before)"))
      #expect(failure.message.contains(side.title))
      #expect(try ledger.content(referrals: before.referrals.keys) == content)
    }
  }

  @Test(
    "R117: a side that is suddenly empty stops the run, however few there were", arguments: [1, 9, 10], Side.allCases)
  func emptied(_ count: Int, side: Side) throws {
    let planner = try Planner()
    let before = World(pairs: count)
    try planner.plan(before, night: 1, in: ledger)
    let content = try ledger.content(referrals: before.referrals.keys)
    var after = before
    switch side {
    case .partnerCenter: after.referrals = [:]
    case .salesforce: after.opportunities = [:]
    }
    let failure = #expect(throws: Failure.self) { try planner.plan(after, night: 2, in: ledger) }
    #expect(failure?.code == .snapshotEmpty)
    #expect(failure?.message.contains("there were \(count)") == true)
    #expect(try ledger.content(referrals: before.referrals.keys) == content)
    // The next complete night goes on from where the last good one stood.
    try planner.plan(before, night: 3, in: ledger)
    #expect(try ledger.touched().isEmpty)
  }

  @Test("a first night may be empty")
  func emptyFirstNight() throws {
    try Planner().plan(World(pairs: 0), night: 1, in: ledger)
    #expect(try ledger.lines().isEmpty)
  }

  @Test("R22: what is missing within the limits is reported and nothing else")
  func missing() throws {
    let planner = try Planner()
    var world = World(pairs: 3)
    try planner.plan(world, night: 1, in: ledger)
    world.referrals[World.referralID(1)] = nil
    world.opportunities[World.opportunityID(2)] = nil
    try planner.plan(world, night: 2, in: ledger)
    #expect(try ledger.rows(of: 2).isEmpty)
    let lines = try ledger.lines()
    #expect(
      lines.map(\.key) == [
        PairKey(opportunityID: World.opportunityID(1)), PairKey(referralID: World.referralID(2)),
        PairKey(referralID: World.referralID(3), opportunityID: World.opportunityID(3)),
      ])
    #expect(lines.map(\.code) == [.referralNotVisible, .opportunityNotVisible, .inSync])
    // Seen again, they are the pair they were, with the same base.
    try planner.plan(World(pairs: 3), night: 3, in: ledger)
    #expect(try ledger.lines().map(\.code) == [.inSync, .inSync, .inSync])
    #expect(try ledger.read { try $0.base(of: World.referralID(1)) }["Deal value"] == "100")
  }
}
