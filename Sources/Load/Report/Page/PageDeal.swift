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
  /// Its rows of the plan; nil when it has none.
  var rows: PageRows.Deal?
  /// The rows of earlier plans about it, oldest first.
  var history: [(started: String, line: HistoryLine)] = []

  /// A deal without rows.
  init(_ line: VerdictLine) {
    key = line.key
    name = line.name
    self.line = line
  }

  /// A deal with rows.
  ///
  /// Its pair has no line any more when a later plan saw other records.
  init(key: PairKey, line: VerdictLine?, rows: PageRows.Deal) {
    self.key = key
    name = line?.name ?? rows.name
    self.line = line
    self.rows = rows
  }

  /// The place of a deal on the page: what needs a decision, what would be written, what waits, the rest; each by its first
  /// row.
  var rank: (Int, Int) {
    if let rows { return (rows.needsDecision ? 0 : 1, rows.seq) }
    return (line?.standing.isCause == true ? 2 : 3, 0)
  }

  /// The codes that it names.
  var codes: Set<Code> { (rows?.codes ?? []).union([line?.code].compactMap(\.self)) }
}
