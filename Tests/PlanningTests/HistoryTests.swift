import Ledger
import Model
import Planning
import TestSupport
import Testing

/// Random histories of four nights each; ten at a time are the islands of one world.
@Suite struct HistoryTests {
  private static let islands = 10
  private static let referrals = (1...islands * RandomWorld.size).map(World.referralID)

  /// What a ledger remembers between two nights.
  private struct Memory {
    var links: [String: (opportunity: String, base: [String: String])] = [:]

    init(_ ledger: LedgerFile) throws {
      links = try ledger.read { transaction in
        var links: [String: (opportunity: String, base: [String: String])] = [:]
        for id in HistoryTests.referrals {
          guard let opportunity = try transaction.opportunity(linkedWith: id) else { continue }
          links[id] = (opportunity, try transaction.base(of: id))
        }
        return links
      }
    }

    /// Puts the same into a new ledger.
    func restore(_ rejected: [PlanRow], in ledger: LedgerFile) throws {
      try ledger.write { transaction in
        for (referral, link) in links.sorted(by: { $0.key < $1.key }) {
          try transaction.link(referral, link.opportunity, run: 0)
          try transaction.agree(link.base, referral: referral)
        }
        for row in rejected { try transaction.reject(row, run: 0) }
      }
    }

    var text: [String] {
      links.sorted { $0.key < $1.key }.map {
        "\($0.key) \($0.value.opportunity) \($0.value.base.sorted { $0.key < $1.key })"
      }
    }
  }

  private struct Coverage {
    var nights = 0
    var codes: [Code: Int] = [:]
    var standings: [Standing: Int] = [:]
    var made: [String: Int] = [:]
    var quiet = 0
    var spared = 0
    var rejected = 0
  }

  @Test("every record is in one verdict, and what a night judges is what a judgement of everything finds")
  func histories() throws {
    var random = SeededGenerator(named: "HistoryTests")
    var coverage = Coverage()
    let planner = try Planner()
    for number in 0..<30 { try play(number, planner, &random, &coverage) }
    #expect(coverage.nights == 1_200)
    #expect(coverage.quiet >= 60)
    #expect(coverage.spared >= 300, "records that a night had no need to look at")
    #expect(coverage.rejected >= 50)
    let codes: [Code] = [
      .inSync, .changedInPartnerCenter, .changedInSalesforce, .ownedByAnotherOrganization, .notTicked, .untickedPair,
      .waitingOnHold, .referralNotVisible, .opportunityNotVisible, .closedInPartnerCenter, .newFromPartnerCenter,
      .newFromSalesforce, .linkRecorded, .closedInSalesforce, .categoryUnknown, .statusUnknown, .unknownCRMRecord,
      .identityDuplicate, .identityDisagreement, .conflict, .conflictFirstContact, .rejectedByReviewer,
    ]
    for code in codes { #expect(coverage.codes[code, default: 0] >= 5, "\(code)") }
    for standing in Standing.allCases { #expect(coverage.standings[standing, default: 0] >= 20, "\(standing)") }
    for kind in ["create", "remove", "return", "claim", "edit alike", "status", "stage", "tick", "owner", "account"] {
      #expect(coverage.made[kind, default: 0] >= 40, "\(kind)")
    }
  }

  private func play(
    _ number: Int, _ planner: Planner, _ random: inout SeededGenerator, _ coverage: inout Coverage
  ) throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    var life = RandomWorld(islands: Self.islands)
    var rejected: [PlanRow] = []
    for night in 1...4 {
      life.pass(using: &random)
      let memory = try Memory(ledger)
      let result = try planner.plan(life.world, night: night, in: ledger)
      let place = "world \(number), night \(night)"
      let lines = try ledger.lines()
      try expectEachRecordOnce(lines, life.world, place)

      let fresh = try folder.ledger("fresh-\(night)")
      try memory.restore(rejected, in: fresh)
      let whole = try planner.plan(life.world, night: night, in: fresh)
      let (rows, all) = (try ledger.rows(of: night), try fresh.rows(of: 1))
      try #require(try lines == fresh.lines(), "\(place)")
      try #require(rows.map(\.change) == all.map(\.change), "\(place)")
      #expect(result.run.digest == whole.run.digest, "\(place)")
      #expect(try Memory(ledger).text == Memory(fresh).text, "\(place)")

      count(lines, in: &coverage)
      coverage.spared += life.world.referrals.count + life.world.opportunities.count - (try ledger.touched().count)
      let refused = rows.filter { _ in random.once(in: 20) }
      rejected += refused
      coverage.rejected += refused.count
      try ledger.write { transaction in
        for row in refused { try transaction.reject(row, run: night) }
      }
    }
    if number % 5 == 0 { try expectQuiet(planner, life.world, ledger, &coverage) }
    coverage.made.merge(life.made, uniquingKeysWith: +)
  }

  private func expectEachRecordOnce(_ lines: [VerdictLine], _ world: World, _ place: String) throws {
    let referrals = lines.map(\.key.referralID).filter { !$0.isEmpty }
    let opportunities = lines.map(\.key.opportunityID).filter { !$0.isEmpty }
    try #require(referrals.sorted() == world.referrals.keys.sorted(), "\(place)")
    try #require(opportunities.sorted() == world.opportunities.keys.sorted(), "\(place)")
  }

  /// Another night on which nobody did anything finds the same.
  private func expectQuiet(
    _ planner: Planner, _ world: World, _ ledger: LedgerFile, _ coverage: inout Coverage
  ) throws {
    try planner.plan(world, night: 5, in: ledger)
    let lines = try ledger.lines()
    let digest = try ledger.read { try $0.latestRun()?.digest }
    let next = try planner.plan(world, night: 6, in: ledger)
    #expect(try ledger.lines() == lines)
    #expect(next.run.digest == digest)
    coverage.quiet += Self.islands
  }

  private func count(_ lines: [VerdictLine], in coverage: inout Coverage) {
    coverage.nights += Self.islands
    for line in lines {
      coverage.codes[line.code, default: 0] += 1
      coverage.standings[line.standing, default: 0] += 1
    }
  }
}
