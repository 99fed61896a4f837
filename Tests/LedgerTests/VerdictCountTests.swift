import GRDB
import Ledger
import Model
import TestSupport
import Testing

@Suite("Lines of the reconciliation, counted and read")
struct VerdictCountTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  private static let codes: [Code] = [.inSync, .leadFiltered, .conflict]

  private func store(_ count: Int, _ standings: [Standing]) throws -> [Verdict] {
    var random = SeededGenerator(seed: 5)
    let verdicts = (0..<count).map { number in
      Verdict(
        PairKey(referralID: "r\(1000 + number)", opportunityID: number.isMultiple(of: 3) ? "" : "o\(number)"),
        standings.randomElement(using: &random) ?? .inSync, Verdict.Face(name: "Zoë, \(number)", stage: "=1"),
        code: Self.codes.randomElement(using: &random) ?? .inSync, reason: "because", isSettled: true)
    }
    try ledger.write { transaction in for verdict in verdicts.reversed() { try transaction.store(verdict) } }
    return verdicts
  }

  @Test("as many stand where as were stored there", arguments: [Standing.allCases, [.inSync], [.held, .closed], []])
  func standings(among standings: [Standing]) throws {
    let verdicts = try store(standings.isEmpty ? 0 : 500, standings)
    #expect(
      try ledger.read { try $0.standings() } == Dictionary(grouping: verdicts, by: \.standing).mapValues(\.count))
  }

  @Test("what is not in sync is counted by reason")
  func reasons() throws {
    let apart = try store(500, Standing.allCases).filter { $0.standing != .inSync }
    let expected = Dictionary(grouping: apart) { "\($0.standing) \($0.code)" }.mapValues(\.count)
    let found = try ledger.read { try $0.reasons() }.map { ("\($0.standing) \($0.code)", $0.count) }
    #expect(Dictionary(uniqueKeysWithValues: found) == expected && expected.count == 27)
  }

  @Test("lines without rows come by id, of the standings that are asked for, at most so many", arguments: [7, 1000])
  func quiet(limit: Int) throws {
    let verdicts = try store(200, [.inSync, .held, .closed])
    let busy = try #require(verdicts.first { $0.standing == .held })
    let run = try addRow(of: busy)
    for standings in [[Standing.held], [.inSync, .closed], [.error]] {
      let expected = verdicts.filter { standings.contains($0.standing) && $0.key != busy.key }.map(\.key).prefix(limit)
      var found: [PairKey] = []
      let count = try ledger.read { transaction in
        try transaction.eachQuietVerdict(of: run, in: standings, limit: limit) { found.append($0.key) }
      }
      #expect(found == Array(expected) && count == expected.count)
    }
  }

  /// Stores a run with one row, and gives its number.
  private func addRow(of verdict: Verdict) throws -> Int {
    try ledger.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: 1102)
      let change = Change(
        .update, .toSalesforce, field: "Name", values: Change.Values(partnerCenter: "b"),
        because: Change.Grounds(.changedInSalesforce, rule: "R80", "why"), effect: .recordOpportunity)
      try transaction.propose(change, phase: 1, of: verdict, versions: PlanRow.Versions())
      try transaction.numberProposals(of: run)
      return run
    }
  }

  @Test("the bytes of a line are those of its texts")
  func texts() throws {
    _ = try store(300, Standing.allCases)
    var lines: [[String]] = []
    var texts: [[String]] = []
    try ledger.read { transaction in
      try transaction.eachVerdict { line in
        lines.append([
          line.standing.rawValue, line.key.referralID, line.key.opportunityID, line.name, line.category, line.status,
          line.stage, line.code.rawValue, line.reason, String(line.changes),
        ])
      }
      try transaction.eachVerdictTexts { line in
        texts.append(VerdictTexts.Column.allCases.map { String(decoding: line[$0], as: UTF8.self) })
      }
    }
    #expect(texts == lines && lines.count == 300)
  }

  @Test(
    "a line that stands where this release knows no place, or for no reason that it knows, is refused",
    arguments: ["standing", "code"])
  func unknown(column: String) throws {
    _ = try store(3, [.inSync])
    try DatabaseQueue(path: folder.ledger).write { database in
      try database.execute(sql: "UPDATE verdict SET \(column) = 'novel' WHERE referral = 'r1002'")
    }
    var count = 0
    #expect(throws: Failure(.ledgerUnreadable, "the ledger holds a verdict that this release does not know")) {
      try ledger.read { try $0.eachVerdictTexts { _ in count += 1 } }
    }
    #expect(count == 2)
  }
}
