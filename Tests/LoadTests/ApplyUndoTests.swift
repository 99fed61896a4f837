import Foundation
import JSON
import Ledger
import Load
import Model
import Testing
import Wire

/// The rows of an undo: written like any other, and settled the other way round.
@Suite struct ApplyUndoTests {
  private static let earlier = {
    var random = SystemRandomNumberGenerator()
    return RunID(date: Date(timeIntervalSince1970: 1_793_520_000), using: &random)
  }()

  /// The row that takes a value back, which an earlier run had written over `base`.
  private static func undoing(_ former: Change) -> Change {
    let row = PlanRow(seq: 1, key: Scenario.pair, name: "Fabrikam", change: former, versions: PlanRow.Versions())
    let back = Rows.toSalesforce(former.field, "Amount", 100)
    return Change(
      .update, .toSalesforce, field: former.field,
      values: Change.Values(base: "250", partnerCenter: "250", salesforce: "250", new: "100"),
      because: Change.Grounds(.takenBack, rule: "R82", "takes back row 1"), effect: back.effect,
      undoes: Undone(row, of: earlier))
  }

  private static func former(base: String) -> Change {
    Change(
      .update, .toSalesforce, field: "Deal value",
      values: Change.Values(base: base, partnerCenter: "250", salesforce: "100", new: "250"),
      because: Change.Grounds(.changedInPartnerCenter, rule: "R82", "changed"),
      effect: Rows.toSalesforce("Deal value", "Amount", 250).effect, settles: ["Deal value": "250"])
  }

  /// What only tells a person what is left.
  private static let told = Change(
    .accept, .toPartnerCenter, field: "Status",
    because: Change.Grounds(.leftByHand, rule: "R58", risk: .irreversible, "stays accepted"), effect: nil,
    undoes: Undone(
      PlanRow(
        seq: 2, key: Scenario.pair, name: "", change: Rows.status(.accept, "Active", "Accepted"),
        versions: PlanRow.Versions()), of: earlier))

  private func scenario(_ changes: [Change]) throws -> Scenario {
    let scenario = try Scenario(.pair(), changes.map { (Scenario.pair, $0) })
    try scenario.ledger.write { transaction in
      try transaction.agree(["Deal value": "250", "Notes": "old"], referral: Scenario.referral)
    }
    return scenario
  }

  private func isRejected(_ change: Change, _ scenario: Scenario) throws -> Bool {
    try scenario.ledger.read { try $0.isRejected(change, of: Scenario.pair) }
  }

  @Test(
    "the base goes back to what was agreed before, and the change that was taken back counts as rejected",
    arguments: [("100", ["Deal value": "100", "Notes": "old"]), ("", ["Notes": "old"])])
  func settles(_ base: String, agreed: [String: String]) throws {
    let former = Self.former(base: base)
    let scenario = try scenario([Self.undoing(former), Rows.mark()])
    #expect(try !isRejected(former, scenario))
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied, .applied])
    #expect(try scenario.base() == agreed)
    #expect(try isRejected(former, scenario))
    #expect(scenario.world.field(Scenario.opportunity, "Audit__c")?.contains("taken back Deal value") == true)
  }

  @Test(
    "a death at the write leaves base and rejection as they were, and resume brings both", arguments: [false, true])
  func death(afterEffect: Bool) throws {
    let former = Self.former(base: "100")
    let scenario = try scenario([Self.undoing(former), Rows.mark()])
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("load-undo-\(UUID().uuidString)").path
    var left: FakeWorld?
    let keep: (Request) -> Void = { _ in
      try? FileManager.default.copyItem(atPath: scenario.folder.path, toPath: folder)
      left = scenario.world.copy()
    }
    if afterEffect { scenario.world.afterWrite = keep } else { scenario.world.beforeWrite = keep }
    _ = try scenario.apply()
    let wreck = try Scenario(Scenario.unwrap(left), ledgerAt: folder + "/ledger.sqlite", run: scenario.run)
    #expect(try wreck.base()["Deal value"] == "250")
    #expect(try !isRejected(former, wreck))
    _ = try wreck.resume()
    #expect(try wreck.outcomes() == [.applied, .applied])
    #expect(try wreck.base()["Deal value"] == "100")
    #expect(try isRejected(former, wreck))
  }

  @Test("a pair that was parted keeps no base, and the value goes back all the same")
  func parted() throws {
    let scenario = try scenario([Self.undoing(Self.former(base: "100"))])
    try scenario.ledger.write { try $0.unlink(Scenario.referral) }
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.applied])
    #expect(try scenario.ledger.read { try $0.opportunity(linkedWith: Scenario.referral) } == nil)
  }

  @Test("a row that only tells takes no decision but to hold it, and holds up no other row of its referral")
  func told() throws {
    let note = Rows.toPartnerCenter("Notes", "/details/notes", "former")
    let scenario = try scenario([Self.told, note])
    #expect(try scenario.rows().map(\.allowedDecisions) == [[.hold], [.apply, .hold, .reject]])
    #expect(try scenario.rows().map(\.decision) == [.hold, .apply])
    for decision in [Decision.apply, .reject] {
      #expect(throws: Failure.self) { try scenario.apply([1: decision]) }
    }
    _ = try scenario.apply()
    #expect(try scenario.outcomes() == [.held, .applied])
  }

  @Test("an undo's row that is rejected leaves the rejections of plans alone")
  func rejected() throws {
    let former = Self.former(base: "100")
    let scenario = try scenario([Self.undoing(former)])
    let known = Rows.toSalesforce("Deal value", "Amount", 250)
    try scenario.ledger.write { transaction in
      try transaction.reject(
        PlanRow(seq: 1, key: Scenario.pair, name: "", change: known, versions: PlanRow.Versions()), run: 1)
    }
    _ = try scenario.apply([1: .reject])
    #expect(try scenario.outcomes() == [.rejected])
    #expect(try isRejected(known, scenario))
  }
}
