import Ledger
import Model

/// One deal as the page shows it.
struct PageDeal {
  /// The most earlier rows that are told of a deal.
  static let mostHistory = 12

  let key: PairKey
  let name: String
  /// Where it stands; nil when the newest plan has no line of it.
  let line: VerdictLine?
  let rows: [Line]
  /// The rows of earlier plans about it, oldest first.
  var history: [(started: String, line: HistoryLine)] = []

  /// A row of the plan, and when its conflicting values came about.
  struct Line {
    let row: PlanRow
    let stamps: Stamps
  }

  /// When each side's record was changed last, in words; empty where nobody knows.
  struct Stamps {
    var partnerCenter = ""
    var salesforce = ""
  }

  init(key: PairKey, name: String, line: VerdictLine?, rows: [Line]) {
    self.key = key
    self.name = name
    self.line = line
    self.rows = rows
  }

  /// The place of a deal on the page: what needs a decision, what would be written, what waits, the rest.
  var rank: Int {
    if rows.contains(where: { $0.row.change.risk != .normal }) { return 0 }
    if !rows.isEmpty { return 1 }
    return line?.standing.isCause == true ? 2 : 3
  }

  /// `changed 2026-11-02 14:03 UTC by Ada King`; empty when the moment cannot be read.
  static func changed(at stamp: String, by name: String) -> String {
    guard let moment = Timestamp.parse(stamp) else { return "" }
    let time = Timestamp.iso(moment)
    return "record changed \(time.prefix(10)) \(time.dropFirst(11).prefix(5)) UTC"
      + (name.isEmpty ? "" : " by \(HarmlessText.plain(name, limit: 80))")
  }
}
