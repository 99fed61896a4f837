import Ledger
import Model
import Testing

@Suite struct AgreementTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  private static func change(_ pc: String = "5", _ sf: String = "7", _ new: String = "7", field: String = "Deal value")
    -> Change
  {
    Change(
      .update, .toPartnerCenter, field: field,
      values: Change.Values(base: "1", partnerCenter: pc, salesforce: sf, new: new),
      because: Change.Grounds(.changedInSalesforce, rule: "R82", "changed"), effect: nil)
  }

  private static func row(_ change: Change, _ key: PairKey = PairKey(referralID: "r1", opportunityID: "o1")) -> PlanRow
  {
    PlanRow(seq: 1, key: key, name: "Deal", change: change, versions: PlanRow.Versions())
  }

  private func base() throws -> Base { try ledger.read { try $0.base(of: "r1") } }

  @Test("R113: the base holds what was agreed, label by label")
  func agree() throws {
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      try transaction.agree(["Deal value": "5", "Notes": ""], referral: "r1")
      try transaction.agree(["Deal value": "7", "Name": "a = \"b\"\n c"], referral: "r1")
      try transaction.agree([:], referral: "r1")
    }
    #expect(try base() == ["Deal value": "7", "Notes": "", "Name": "a = \"b\"\n c"])
  }

  @Test("only what was agreed moves the base")
  func baseStands() throws {
    let agreed = ["Deal value": "5"]
    try ledger.night(1, [.of("r1", "1")], [.of("o1", "1")])
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      try transaction.agree(agreed, referral: "r1")
    }
    let verdict = Verdict(
      PairKey(referralID: "r1", opportunityID: "o1"), .changes, Verdict.Face(), code: .changedInSalesforce, reason: "",
      changes: [Self.change()], agreed: ["Deal value": "9"], isSettled: false)
    try ledger.night(2, [.of("r1", "2")], [.of("o1", "2")])
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 2)
      try transaction.store(verdict)
      try transaction.beginTouching()
      try transaction.propose(Self.change(), phase: 1, of: verdict, versions: PlanRow.Versions())
      try transaction.numberProposals(of: 2)
      try transaction.sealRun(2, snapshots: [:])
      var row = Self.row(Self.change())
      row.outcome = .applied
      try transaction.settle(row, of: 2)
      try transaction.reject(row, run: 2)
      let number = try transaction.intend("key", rows: [1], what: "PATCH", of: 2, at: "t")
      try transaction.conclude(number, .applied, requestID: "q", at: "t")
      try transaction.setRun(2, state: .applied)
      try transaction.spreadTouch(all: true)
      try transaction.advanceSerial()
    }
    #expect(try base() == agreed)
    #expect(try ledger.read { try $0.opportunity(linkedWith: "r1") } == "o1")
  }

  @Test("R19: a link stands in both directions")
  func link() throws {
    try ledger.write { try $0.link("r1", "o1", run: 1) }
    #expect(try ledger.read { try $0.opportunity(linkedWith: "r1") } == "o1")
    #expect(try ledger.read { try $0.referral(linkedWith: "o1") } == "r1")
    #expect(try ledger.read { try $0.opportunity(linkedWith: "r2") } == nil)
    #expect(try ledger.read { try $0.referral(linkedWith: "o2") } == nil)
    #expect(try base().isEmpty)
  }

  @Test("R23: the base of a pair is never that of another opportunity")
  func relink() throws {
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      try transaction.agree(["Deal value": "5"], referral: "r1")
      try transaction.link("r1", "o2", run: 2)
    }
    #expect(try ledger.read { try $0.opportunity(linkedWith: "r1") } == "o2")
    #expect(try ledger.read { try $0.referral(linkedWith: "o1") } == nil)
    #expect(try base().isEmpty)
  }

  @Test("a second referral never takes a linked opportunity over")
  func rival() throws {
    try ledger.write { try $0.link("r1", "o1", run: 1) }
    #expect(throws: (any Error).self) { try ledger.write { try $0.link("r2", "o1", run: 2) } }
    #expect(try ledger.read { try $0.referral(linkedWith: "o1") } == "r1")
  }

  @Test(
    "a rejected change is not proposed again until a value moves",
    arguments: [
      (change(), true), (change("6"), false), (change("5", "8"), false), (change("5", "7", "8"), false),
      (change(field: "Notes"), false),
    ])
  func rejection(_ change: Change, isRejected: Bool) throws {
    let key = PairKey(referralID: "r1", opportunityID: "o1")
    try ledger.write { try $0.reject(Self.row(Self.change()), run: 1) }
    #expect(try ledger.read { try $0.isRejected(change, of: key) } == isRejected)
    #expect(try !ledger.read { try $0.isRejected(change, of: PairKey(referralID: "r1", opportunityID: "o2")) })
    #expect(try !ledger.read { try $0.isRejected(change, of: PairKey(referralID: "r2", opportunityID: "o1")) })
  }

  @Test("the last rejection counts")
  func laterRejection() throws {
    let key = PairKey(referralID: "r1", opportunityID: "o1")
    try ledger.write { transaction in
      try transaction.reject(Self.row(Self.change()), run: 1)
      try transaction.reject(Self.row(Self.change("6")), run: 2)
    }
    #expect(try ledger.read { try $0.isRejected(Self.change("6"), of: key) })
    #expect(try !ledger.read { try $0.isRejected(Self.change(), of: key) })
  }
}
