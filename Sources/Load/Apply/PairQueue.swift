import Ledger
import Model

/// The pairs of a plan that have rows to be written, by the place of their first row.
///
/// It holds numbers only; the rows are read batch by batch.
struct PairQueue {
  private let ledger: LedgerFile
  private let run: Int
  private var rows: [PairKey: [Int]] = [:]
  private var pairs: [PairKey] = []
  private var position = 0

  init(of run: Int, in ledger: LedgerFile) throws {
    self.ledger = ledger
    self.run = run
    var waiting: Set<PairKey> = []
    var order: [PairKey] = []
    var rows: [PairKey: [Int]] = [:]
    try ledger.read { transaction in
      try transaction.eachRow(of: run) { row in
        if rows[row.key] == nil { order.append(row.key) }
        rows[row.key, default: []].append(row.seq)
        if row.waits { waiting.insert(row.key) }
      }
    }
    pairs = order.filter(waiting.contains)
    self.rows = rows.filter { waiting.contains($0.key) }
  }

  /// The next pairs with all their rows; nil at the end.
  mutating func next(_ count: Int) throws -> [PairWork]? {
    let keys = pairs[position...].prefix(count)
    guard !keys.isEmpty else { return nil }
    position += keys.count
    return try ledger.read { transaction in
      try keys.map { key in
        PairWork(key, rows: try (rows[key] ?? []).compactMap { seq in try transaction.row(seq, of: run) })
      }
    }
  }
}

extension PlanRow {
  /// Whether `apply` or `resume` has to look at it.
  var waits: Bool {
    guard settlement != nil else { return false }
    switch outcome {
    case .planned, .notAttempted: return true
    case .applied, .failed, .stale, .unknown, .held, .rejected: return false
    }
  }
}
