import Extract
import Ledger
import Model
import Planning

/// Single records of a world, and what was asked for.
final class WorldChoice: ChosenSource {
  private let world: World
  private let columns: SnapshotShapes
  /// The ids of every reading, one after the other.
  private(set) var asked: [[String]] = []
  private(set) var isEnded = false

  init(_ world: World, _ columns: SnapshotShapes) {
    self.world = world
    self.columns = columns
  }

  var shapes: [Shape] { [columns.referral, columns.opportunity, SnapshotShapes.account] }

  func referrals(_ ids: [String]) throws -> ChosenReferrals {
    asked.append(ids)
    var found = ChosenReferrals()
    for id in ids {
      guard let texts = world.referrals[id] else {
        found.missing.append(id)
        continue
      }
      if texts["organizationId"] == World.own { found.own.append(row(texts)) } else { found.foreign.append(row(texts)) }
    }
    return found
  }

  func opportunities(_ ids: [String], naming referrals: [String]) throws -> [SnapshotRow] {
    asked.append(ids)
    let found = world.opportunities.values.filter { texts in
      ids.contains(texts["Id"] ?? "") || referrals.contains(texts["Referral_Identifier__c"] ?? "-")
    }
    return found.map { texts in
      WorldSource.row(texts, columns.opportunity, partner: (texts["Referral_Identifier__c"] ?? "").lowercased())
    }
  }

  func neighbours(_ keys: NeighbourKeys) throws -> [SnapshotBatch] {
    let found = world.accounts.values.filter { keys.accounts.contains(($0["Name"] ?? "").lowercased()) }
    let rows = found.map { texts in
      let key = LookupKey.account(name: texts["Name"] ?? "", postalCode: texts["BillingPostalCode"] ?? "")
      return WorldSource.row(texts, SnapshotShapes.account, partner: key)
    }
    return [SnapshotBatch(kind: .account, rows: rows)]
  }

  func end() { isEnded = true }

  private func row(_ texts: [String: String]) -> SnapshotRow {
    let named = texts["externalReferenceId"] ?? ""
    return WorldSource.row(texts, columns.referral, partner: SalesforceID.normalized(named) ?? named)
  }
}

extension Planner {
  /// Plans just what events named.
  @discardableResult
  func plan(
    touched numbers: [Int], of source: WorldChoice, night: Int, in ledger: LedgerFile
  ) throws -> PlanRun.TouchedResult {
    try PlanRun(mapping: mapping, organizationID: World.own, limits: limits).run(
      Self.id(night), at: "2026-11-02T08:00:00Z", touched: numbers.map(World.referralID), from: source, into: ledger
    ) { _, _, _ in }
  }

  /// The same, of a world of which nobody asks what was read.
  @discardableResult
  func plan(touched numbers: [Int], _ world: World, night: Int, in ledger: LedgerFile) throws -> PlanRun.TouchedResult {
    try plan(touched: numbers, of: WorldChoice(world, columns), night: night, in: ledger)
  }
}
