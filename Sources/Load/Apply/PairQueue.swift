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
      try transaction.eachState(of: run) { row in
        if rows[row.key] == nil { order.append(row.key) }
        rows[row.key, default: []].append(row.seq)
        if row.decision.writes, row.outcome.waits { waiting.insert(row.key) }
      }
    }
    pairs = order.filter(waiting.contains)
    self.rows = rows.filter { waiting.contains($0.key) }
  }

  /// The next pairs with all their rows; nil at the end.
  mutating func next(_ count: Int) throws -> [PairWork]? {
    while position < pairs.count {
      let keys = pairs[position...].prefix(count)
      position += keys.count
      let works = try ledger.read { transaction in try keys.compactMap { try work($0, in: transaction) } }
      if !works.isEmpty { return works }
    }
    return nil
  }

  /// A pair with all its rows; nil when none of them sends anything.
  private func work(_ key: PairKey, in transaction: LedgerTransaction) throws -> PairWork? {
    let rows = try (rows[key] ?? []).compactMap { seq in try transaction.row(seq, of: run) }
    return rows.contains(where: \.waits) ? PairWork(key, rows: rows) : nil
  }
}

extension PlanRow {
  /// Whether `apply` or `resume` has to look at it.
  var waits: Bool { settlement != nil && outcome.waits }
}

extension Outcome {
  /// Whether something may still become of a row that is to be written.
  fileprivate var waits: Bool {
    switch self {
    case .planned, .notAttempted: true
    case .applied, .failed, .stale, .unknown, .held, .rejected: false
    }
  }
}
