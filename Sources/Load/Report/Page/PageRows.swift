import Foundation
import JSON
import Ledger
import Model

/// The rows of a plan as the page holds them.
///
/// They are written down and set aside one by one: the values of so many would fill the memory.
struct PageRows {
  /// The most rows that one page holds.
  static let most = 30_000

  /// The rows by action and side; all of them.
  private(set) var actions: [Action: [ChangeDirection: Int]] = [:]
  /// How many rows are left out.
  private(set) var omitted = 0
  /// The deals that have rows on the page.
  private(set) var deals: [PairKey: Deal] = [:]
  private var count = 0
  /// Where the rows are set aside.
  let spool: Spool

  /// No rows yet.
  init(_ spool: Spool) { self.spool = spool }

  /// The rows of one deal.
  struct Deal: Sendable {
    let name: String
    /// The number of its first row.
    let seq: Int
    /// Whether a row needs a decision.
    var needsDecision = false
    fileprivate(set) var codes: Set<Code> = []
    fileprivate var places: [Range<Int>] = []
  }

  /// Takes in the next row of the plan, and leaves it out when the page is full.
  mutating func take(_ row: PlanRow, in ledger: LedgerTransaction) throws {
    let change = row.change
    actions[change.action, default: [:]][change.direction, default: 0] += 1
    count += 1
    // What needs a decision is never left out for what does not.
    guard count <= Self.most || change.risk != .normal && count <= 2 * Self.most else {
      omitted += 1
      return
    }
    let stamps = change.risk == .conflict ? try PageStamps(of: row.key, in: ledger) : PageStamps()
    let start = spool.count
    try spool.add(PageData.escaped(PageData.row(row, stamps)))
    add(row, start..<spool.count)
  }

  private mutating func add(_ row: PlanRow, _ place: Range<Int>) {
    var deal = deals.removeValue(forKey: row.key) ?? Deal(name: row.name, seq: row.seq)
    deal.needsDecision = deal.needsDecision || row.change.risk != .normal
    deal.codes.insert(row.change.code)
    deal.places.append(place)
    deals[row.key] = deal
  }

  /// The rows of a deal, each a JSON object.
  func rows(of deal: Deal) throws -> [Data] { try deal.places.map { try spool.bytes($0) } }
}
