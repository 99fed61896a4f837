import Ledger
import Model

/// What the page tells of a run, as the ledger knows it.
///
/// A browser stays quick with so many deals and no more: those with rows come first, then those that wait for somebody,
/// then the others. What is left out is counted, and stands in the CSV reports.
struct PageContent {
  /// The most deals without rows that one page holds.
  static let mostDeals = 20_000
  /// The nights that the trend shows.
  static let mostNights = 14

  let run: RunEntry
  /// The run's deals.
  private(set) var data: PageData
  /// Of the deals that wait for somebody or something: how many have each reason.
  private(set) var causes: [Cause: Int] = [:]
  /// The rows by action and side; all of them.
  let actions: [Action: [ChangeDirection: Int]]
  /// How many deals are left out, and how many rows.
  private(set) var omittedDeals = 0
  let omittedRows: Int
  /// The newest plans up to this one, oldest first.
  let nights: [RunEntry]

  /// A reason why deals stand where they stand.
  struct Cause: Hashable {
    let standing: Standing
    let code: Code
  }

  init(of run: RunEntry, _ rows: PageRows, in ledger: LedgerTransaction) throws {
    self.run = run
    data = PageData(rows.spool)
    actions = rows.actions
    omittedRows = rows.omitted
    let runs = try ledger.runs()
    // An undo is no night: it has a place in the trend of its own page alone.
    let nights = runs.filter { other in
      other.number <= run.number && !other.standings.isEmpty
        && (other.kind == RunEntry.plan || other.number == run.number)
    }
    self.nights = nights.prefix(Self.mostNights).reversed()
    for reason in try ledger.reasons() where reason.standing.isCause {
      causes[Cause(standing: reason.standing, code: reason.code)] = reason.count
    }
    let started = Dictionary(runs.map { ($0.number, $0.started) }) { first, _ in first }
    let shown = try addDeals(with: rows, started: started, in: ledger) + addQuietDeals(in: ledger)
    omittedDeals = max(0, run.standings.values.reduce(0, +) - shown)
  }

  /// Adds the deals that have rows, and gives how many of them have a line.
  private mutating func addDeals(
    with rows: PageRows, started: [Int: String], in ledger: LedgerTransaction
  ) throws -> Int {
    var lines = 0
    // In the order in which the ledger keeps their lines.
    let deals = rows.deals.sorted { left, right in
      (left.key.referralID, left.key.opportunityID) < (right.key.referralID, right.key.opportunityID)
    }
    for (key, own) in deals {
      let line = try ledger.verdict(of: key)
      lines += line == nil ? 0 : 1
      var deal = PageDeal(key: key, line: line, rows: own)
      deal.history = try ledger.history(of: key, before: run.number, limit: PageDeal.mostHistory)
        .map { (started: started[$0.run] ?? "", line: $0) }
      try data.add(deal, rows: rows.rows(of: own))
    }
    return lines
  }

  /// Adds deals without rows, those first of which something may still become, and gives how many.
  private mutating func addQuietDeals(in ledger: LedgerTransaction) throws -> Int {
    var count = 0
    for standings in [Standing.allCases.filter(\.isOpen), Standing.allCases.filter { !$0.isOpen }] {
      count += try ledger.eachQuietVerdict(of: run.number, in: standings, limit: Self.mostDeals - count) { line in
        try data.add(PageDeal(line))
      }
    }
    return count
  }
}

extension Standing {
  /// Whether deals of this standing wait for somebody or something, so that their reason is worth a line.
  var isCause: Bool {
    switch self {
    case .held, .quarantined, .error, .onlyPartnerCenter, .onlySalesforce, .skipped: true
    // Conflicts have a section of their own.
    case .inSync, .changes, .conflict, .closed: false
    }
  }

  /// Whether something may still become of a deal that stands there.
  var isOpen: Bool {
    switch self {
    case .conflict, .held, .quarantined, .error, .onlyPartnerCenter, .onlySalesforce, .changes: true
    case .inSync, .skipped, .closed: false
    }
  }
}
