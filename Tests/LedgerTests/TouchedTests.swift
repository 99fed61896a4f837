import GRDB
import Model
import Testing

@testable import Ledger

/// What moved records drag along, so that a pair is judged whole.
@Suite struct TouchedTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  private static let referrals: [SnapshotRow] = [
    .of("r1", "1"), .of("r2", "1", partner: "o2"), .of("r3", "1"), .of("r4", "1"),
  ]
  private static let opportunities: [SnapshotRow] = [
    .of("o1", "1"), .of("o2", "1"), .of("o3", "1", partner: "r3"), .of("o4", "1"),
  ]

  /// A first night whose pairs are tied in one way each: by link, CRM id, identifier and verdict.
  private func begin() throws {
    try ledger.night(1, Self.referrals, Self.opportunities)
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      for number in 1...3 {
        try store("r\(number)", "", isSettled: true, in: transaction)
        try store("", "o\(number)", isSettled: true, in: transaction)
      }
      try store("r4", "o4", isSettled: true, in: transaction)
    }
  }

  private func store(_ referral: String, _ opportunity: String, isSettled: Bool, in ledger: LedgerTransaction) throws {
    try ledger.store(
      Verdict(
        PairKey(referralID: referral, opportunityID: opportunity), .inSync, Verdict.Face(), code: .inSync,
        reason: "", isSettled: isSettled))
  }

  /// The ids that a second night touches.
  private func touched(
    _ referrals: [SnapshotRow] = TouchedTests.referrals, _ opportunities: [SnapshotRow] = TouchedTests.opportunities,
    all: Bool = false
  ) throws -> [String] {
    try ledger.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: 2)
      try transaction.take(referrals, run: run)
      try transaction.take(opportunities, Shapes.opportunity, run: run)
      try transaction.spreadTouch(all: all)
      var ids: [String] = []
      try transaction.eachTouched(.referral) { ids.append($0) }
      try transaction.eachTouched(.opportunity) { ids.append($0) }
      try transaction.forgetOvertakenVerdicts()
      return ids
    }
  }

  private func lines() throws -> [PairKey] {
    try ledger.read { transaction in
      var keys: [PairKey] = []
      try transaction.eachVerdict { keys.append($0.key) }
      return keys
    }
  }

  @Test func anUnchangedNightTouchesNothing() throws {
    try begin()
    #expect(try touched().isEmpty)
    #expect(try lines().count == 7)
  }

  @Test(
    "a record that moved drags its partner along, whatever ties them",
    arguments: [("r1", "o1"), ("r2", "o2"), ("r3", "o3"), ("r4", "o4")])
  func pairs(_ referral: String, opportunity: String) throws {
    for id in [referral, opportunity] {
      let fresh = try TouchedTests()
      try fresh.begin()
      func moved(_ rows: [SnapshotRow]) -> [SnapshotRow] {
        rows.map { $0.id == id ? .of(id, "2", partner: $0.partner) : $0 }
      }
      #expect(try fresh.touched(moved(Self.referrals), moved(Self.opportunities)) == [referral, opportunity])
      #expect(try fresh.lines().count == (referral == "r4" ? 6 : 5))
    }
  }

  @Test("R22: a record that went missing touches its partner")
  func missing() throws {
    try begin()
    #expect(try touched(Array(Self.referrals.dropFirst())) == ["o1"])
    #expect(try lines().map(\.referralID) == ["", "", "r2", "r3", "r4"])
  }

  @Test("a chain of ties is followed to its end")
  func chain() throws {
    let referrals: [SnapshotRow] = [.of("r1", "1", partner: "o2"), .of("r2", "1", partner: "o3"), .of("r3", "1")]
    let opportunities: [SnapshotRow] = [.of("o1", "1", partner: "r1"), .of("o2", "1", partner: "r2"), .of("o3", "1")]
    try ledger.night(1, referrals, opportunities)
    #expect(
      try touched(referrals, [.of("o1", "2", partner: "r1")] + opportunities.dropFirst()) == [
        "r1", "r2", "o1", "o2", "o3",
      ])
  }

  @Test("what was left open is looked at again although nothing moved")
  func unsettled() throws {
    try begin()
    try ledger.write { try store("r4", "o4", isSettled: false, in: $0) }
    #expect(try touched() == ["r4", "o4"])
  }

  @Test("other rules touch everything and forget every verdict")
  func all() throws {
    try begin()
    #expect(try touched(all: true) == ["r1", "r2", "r3", "r4", "o1", "o2", "o3", "o4"])
    #expect(try lines().isEmpty)
  }

  @Test("a verdict that is found anew stays; where it is the same, nothing is written")
  func renewed() throws {
    try begin()
    let (before, after) = try ledger.write { transaction in
      try transaction.beginTouching()
      try transaction.spreadTouch(all: true)
      for referral in ["r1", "r2"] { try transaction.renew(PairKey(referralID: referral, opportunityID: "")) }
      let before = transaction.database.totalChangesCount
      try store("r1", "", isSettled: true, in: transaction)
      let after = transaction.database.totalChangesCount
      try store("r2", "", isSettled: false, in: transaction)
      #expect(transaction.database.totalChangesCount == after + 1)
      try transaction.forgetOvertakenVerdicts()
      return (before, after)
    }
    #expect(before == after)
    #expect(try lines().map(\.referralID) == ["r1", "r2"])
  }

  @Test("R12 R19: the claims on a referral are gathered from both snapshots and the links")
  func claims() throws {
    try ledger.night(
      1, [.of("r1", "1", partner: "o9"), .of("r2", "1", partner: "o1"), .of("r3", "1", partner: "o1")],
      [.of("o1", "1", partner: "r1"), .of("o2", "1", partner: "r1"), .of("o3", "1")])
    try ledger.write { transaction in
      try transaction.link("r1", "o8", run: 1)
      try transaction.link("r2", "o3", run: 1)
    }
    let first = try ledger.read { try $0.claims(on: "r1") }
    #expect(first.linked == "o8")
    #expect(!first.isLinkedPresent)
    #expect(first.claimants == ["o1", "o2"])
    #expect(first.named == "o9")
    #expect(!first.isNamedPresent)
    let second = try ledger.read { try $0.claims(on: "r2") }
    #expect(second.present == ["o3", "o1"])
    #expect(second.isNamedPresent)
    #expect(second.rivals == ["r3"])
  }
}
