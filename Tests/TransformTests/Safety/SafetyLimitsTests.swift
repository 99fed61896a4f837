import Foundation
import Model
import Testing

@testable import Transform

/// Limits of what a plan may do: one below, at, and one above each of them.
@Suite("Safety limits")
struct SafetyLimitsTests {
  private static let run = RunID("20261102T080000Z-abcd")

  /// A row of one pair.
  private static func row(
    _ pair: Int, _ action: Action, _ direction: ChangeDirection = .toSalesforce, field: String = "",
    risk: Risk = .normal,
    code: Code = .changedInPartnerCenter, decided decision: Decision? = nil
  ) -> PlanRow {
    let effect: Effect =
      switch direction {
      case .toSalesforce: .updateRecord(object: "Opportunity", id: "", fields: [])
      case .toPartnerCenter: .patchReferral([])
      }
    let change = Change(
      action, direction, field: field, because: Change.Grounds(code, rule: "R82", risk: risk, "why"), effect: effect)
    var row = PlanRow(
      seq: pair, key: PairKey(referralID: "r\(pair)", opportunityID: "o\(pair)"), name: "Deal", change: change,
      versions: PlanRow.Versions())
    row.decision = decision ?? change.proposal
    return row
  }

  private static func tally(deals: Int, _ rows: [PlanRow]) -> SafetyTally {
    var tally = SafetyTally(standings: [.inSync: deals, .skipped: 1000, .closed: 1000])
    for row in rows { tally.count(row, decided: row.decision) }
    return tally
  }

  private static func updates(_ count: Int, _ direction: ChangeDirection = .toSalesforce) -> [PlanRow] {
    (0..<count).map { row($0, .update, direction, field: "Field \($0 % 7)") }
  }

  /// What is counted, the limits, how many are still allowed, and what the stop says.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let limit: SafetyLimit
    let deals: Int
    let most: Int
    var limits = SafetyLimits()
    let says: String
    let rows: @Sendable (Int) -> [PlanRow]
  }

  static let samples: [Sample] = {
    var absolute = SafetyLimits()
    absolute.maximumUpdates = 4
    absolute.maximumCreates = 3
    var none = SafetyLimits()
    none.maximumUpdatePercent = 0
    none.maximumCreatePercent = 0
    none.maximumCloses = 0
    none.maximumFieldPercent = 0
    var fields = SafetyLimits()
    fields.maximumUpdatePercent = 100
    return [
      Sample(
        testDescription: "updates of Salesforce, in percent", limit: .update, deals: 10, most: 3,
        says: "4 of 10 deals in play (40 percent) would be updated in Salesforce; the limit is 30 percent"
      ) { updates($0) },
      Sample(
        testDescription: "updates of Partner Center, in percent", limit: .update, deals: 200, most: 60,
        says: "61 of 200 deals in play (30 percent) would be updated in Partner Center"
      ) { updates($0, .toPartnerCenter) },
      Sample(
        testDescription: "updates, as a number", limit: .update, deals: 100, most: 4, limits: absolute,
        says: "the limit is 4 (safety.max_update)"
      ) { updates($0) },
      Sample(
        testDescription: "updates, as a number below min_records", limit: .update, deals: 9, most: 4, limits: absolute,
        says: "the limit is 4 (safety.max_update)"
      ) { updates($0) },
      Sample(
        testDescription: "no update at all", limit: .update, deals: 10, most: 0, limits: none,
        says: "the limit is 0 percent"
      ) { (0..<$0).map { row($0, .addContact) } },
      Sample(
        testDescription: "opportunities created, in percent", limit: .create, deals: 20, most: 6,
        says: "create-opportunity would be done for 7 of 20 deals in play (35 percent); the limit is 30 percent"
      ) { (0..<$0).map { row($0, .createOpportunity) } },
      Sample(
        testDescription: "referrals created, in percent", limit: .create, deals: 20, most: 6,
        says: "create-referral would be done"
      ) {
        (0..<$0).map { row($0, .createReferral, .toPartnerCenter, risk: .irreversible, decided: .apply) }
      },
      Sample(
        testDescription: "leads created, as a number", limit: .create, deals: 9, most: 3, limits: absolute,
        says: "the limit is 3 (safety.max_create)"
      ) { (0..<$0).map { row($0, .createLead) } },
      Sample(
        testDescription: "deals closed", limit: .close, deals: 1000, most: 10,
        says: "11 deals would be won, lost or declined; the limit is 10 (safety.max_close)"
      ) {
        (0..<$0).map { row($0, [.closeWon, .closeLost, .decline][$0 % 3], risk: .terminal, decided: .apply) }
      },
      Sample(
        testDescription: "deals closed, below min_records", limit: .close, deals: 2, most: 0, limits: none,
        says: "the limit is 0 (safety.max_close)"
      ) { (0..<$0).map { row($0, .closeWon, risk: .terminal, decided: .apply) } },
      Sample(
        testDescription: "one field on nearly all deals", limit: .field, deals: 20, most: 18, limits: fields,
        says: "the field Deal value would be changed in Salesforce on 19 of 20 deals in play (95 percent)"
      ) { (0..<$0).map { row($0, .update, field: "Deal value") } },
      Sample(
        testDescription: "one field, decided in conflicts", limit: .field, deals: 20, most: 18, limits: fields,
        says: "the field Deal value would be changed in Partner Center"
      ) {
        (0..<$0).map { row($0, .conflict, .toSalesforce, field: "Deal value", risk: .conflict, decided: .salesforce) }
      },
    ]
  }()

  @Test("one below, at, and one above", arguments: samples)
  func boundary(_ sample: Sample) throws {
    for count in [sample.most - 1, sample.most] where count >= 0 {
      let stops = sample.limits.stops(Self.tally(deals: sample.deals, sample.rows(count)))
      #expect(!stops.contains { $0.limit == sample.limit }, "\(count) are allowed: \(stops)")
    }
    let stops = sample.limits.stops(Self.tally(deals: sample.deals, sample.rows(sample.most + 1)))
    let stop = try #require(stops.first { $0.limit == sample.limit })
    #expect(stop.count == sample.most + 1 && stop.deals == sample.deals)
    #expect(stop.message.contains(sample.says), "\(stop.message)")
    #expect(!stop.cause.isEmpty)
    let failure = stop.failure(of: try #require(Self.run))
    #expect(failure.code == .safetyLimit)
    #expect(failure.fix?.contains("apply 20261102T080000Z-abcd --allow \(sample.limit.rawValue)") == true)
  }

  @Test("below min_records shares do not count, from it on they do", arguments: [9, 10])
  func minimum(deals: Int) {
    let stops = SafetyLimits().stops(Self.tally(deals: deals, Self.updates(deals)))
    #expect(stops.isEmpty == (deals == 9))
  }

  @Test("rows that write nothing, links and marks count for nothing; several rows of a deal count once")
  func counted() {
    let rows = (0..<10).flatMap { pair in
      [
        Self.row(pair, .link, .toPartnerCenter), Self.row(pair, .mark),
        Self.row(pair, .update, field: "A", decided: .hold), Self.row(pair, .closeWon, risk: .terminal),
        Self.row(pair, .createReferral, risk: .irreversible, decided: .reject),
      ]
    }
    #expect(SafetyLimits().stops(Self.tally(deals: 10, rows)).isEmpty)
    let several = (0..<3).flatMap { pair in
      (0..<5).map { Self.row(pair, .update, field: "Field \($0)") } + [Self.row(pair, .addSolution)]
    }
    #expect(SafetyLimits().stops(Self.tally(deals: 10, several)).isEmpty)
    #expect(Self.tally(deals: 10, several).updates == [.salesforce: 3])
    // What is written to a new record belongs to its creation.
    let new = (0..<3).flatMap { pair in
      [Self.row(pair, .createOpportunity), Self.row(pair, .update, field: "A"), Self.row(pair, .addContact)]
    }
    #expect(Self.tally(deals: 10, new).updates == [:] && Self.tally(deals: 10, new).fields == [:])
    #expect(SafetyLimits().stops(Self.tally(deals: 10, new)).isEmpty)
  }

  @Test("the likely cause: the mapping before all, then the field that changes most")
  func causes() throws {
    let mapped = (0..<5).map { Self.row($0, .update, field: "A", code: .fromChangedMapping, decided: .apply) }
    let byMapping = try #require(SafetyLimits().stops(Self.tally(deals: 10, mapped)).first)
    #expect(byMapping.cause.contains("the mapping was changed, and 5 rows come from it"))
    let rows = Self.updates(3) + (3..<8).map { Self.row($0, .update, field: "Close date") }
    let byField = try #require(SafetyLimits().stops(Self.tally(deals: 10, rows)).first)
    #expect(byField.cause == "the field Close date alone changes on 5 of them")
  }

  @Test("every limit is lifted by a word of its own, at plan or at apply")
  func words() {
    #expect(SafetyLimit.allCases.map(\.flag).count == Set(SafetyLimit.allCases.map(\.flag)).count)
    #expect(SafetyLimit.allCases.filter(\.stopsPlan) == [.shrink, .empty, .canary])
  }

  /// The age of the snapshots in seconds, and whether the plan may still be applied.
  @Test(
    "the age of a plan: one second below, at and above the limit, and a clock that was set back",
    arguments: [
      (0, true), (72 * 3600 - 1, true), (72 * 3600, true), (72 * 3600 + 1, false), (-299, true), (-301, false),
    ])
  func age(seconds: Int, holds: Bool) throws {
    let run = try #require(Self.run)
    let start = try #require(Timestamp.parse("2026-11-02T08:00:00Z"))
    func check(_ started: String) throws {
      try SafetyLimits().checkAge(of: run, started: started, now: start.addingTimeInterval(Double(seconds)))
    }
    if holds {
      try check("2026-11-02T08:00:00Z")
    } else {
      let failure = #expect(throws: Failure.self) { try check("2026-11-02T08:00:00Z") }
      #expect(failure?.code == .planTooOld)
      #expect(failure?.fix?.contains("--allow age") == true)
    }
    #expect(throws: Failure.self, "an age that cannot be told") { try check("yesterday") }
  }
}

/// R117: canaries, and what lifts the limits of a snapshot.
@Suite("Snapshot limits")
struct SnapshotLimitsTests {
  private static let referral = "ABCDEF01-2222-4333-8444-000000000001"
  private static let opportunity = "006000000000001"

  @Test("R117: every canary is looked for by the id that the ledger has, and all that are missing are named")
  func canaries() throws {
    var limits = SnapshotLimits(canaries: [Self.referral, Self.opportunity])
    var asked: [String] = []
    try limits.checkCanaries { id in
      asked.append(id)
      return true
    }
    #expect(asked == [Self.referral.lowercased(), "006000000000001AAA"])
    let failure = #expect(throws: Failure.self) { try limits.checkCanaries { _ in false } }
    #expect(failure?.code == .canaryMissing)
    #expect(failure?.message.contains("2 of 2") == true && failure?.message.contains(Self.opportunity) == true)
    #expect(failure?.fix?.contains("--allow canary") == true)
    limits.allowed = [.canary]
    try limits.checkCanaries { _ in false }
  }

  @Test(
    "a canary that cannot be an id stops the run: a guard that cannot be evaluated refuses",
    arguments: ["x", "006", ""])
  func unusableCanary(id: String) {
    let failure = #expect(throws: Failure.self) {
      try SnapshotLimits(canaries: [id]).checkCanaries { _ in true }
    }
    #expect(failure?.code == .canaryMissing)
    #expect(failure?.message.contains("cannot be the id") == true)
  }

  @Test("shrinking and emptiness are lifted each by its own word", arguments: [SafetyLimit.shrink, .empty])
  func lifted(limit: SafetyLimit) {
    var limits = SnapshotLimits()
    limits.allowed = [limit]
    func check(_ now: Int) throws { try limits.check(.referral, before: 20, missing: 20 - now, now: now) }
    #expect((try? check(10)) != nil || limit == .empty)
    #expect((try? check(0)) != nil || limit == .shrink)
    #expect(limit == .shrink || (try? check(10)) == nil)
  }
}
