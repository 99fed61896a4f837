import Ledger
import Model

/// What the page tells of a run, as the ledger knows it.
///
/// A browser stays quick with so many deals and no more: those with rows come first, then those that wait for somebody,
/// then the others. What is left out is counted, and stands in the CSV reports.
struct PageContent {
  /// The most deals, and the most rows, that one page holds.
  static let mostDeals = 20_000
  static let mostRows = 30_000
  /// The nights that the trend shows.
  static let mostNights = 14

  let run: RunEntry
  /// The run's deals in the order of the page.
  private(set) var deals: [PageDeal] = []
  /// Of the deals that wait for somebody or something: how many have each reason.
  private(set) var causes: [Cause: Int] = [:]
  /// The rows by action and side; all of them.
  private(set) var actions: [Action: [ChangeDirection: Int]] = [:]
  /// How many deals are left out, and how many rows.
  private(set) var omittedDeals = 0
  private(set) var omittedRows = 0
  /// The newest plans up to this one, oldest first.
  let nights: [RunEntry]

  /// A reason why deals stand where they stand.
  struct Cause: Hashable {
    let standing: Standing
    let code: Code
  }

  init(of run: RunEntry, in ledger: LedgerTransaction) throws {
    self.run = run
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
    let times = Dictionary(runs.map { ($0.number, $0.started) }) { first, _ in first }
    for (key, rows) in try takeRows(ledger) {
      // A row whose pair has no line any more, because a later plan saw other records, keeps a place of its own.
      let line = try ledger.verdict(of: key)
      deals.append(PageDeal(key: key, name: line?.name ?? rows.first?.row.name ?? "", line: line, rows: rows))
      deals[deals.count - 1].history = try ledger.history(of: key, before: run.number, limit: PageDeal.mostHistory)
        .map { (started: times[$0.run] ?? "", line: $0) }
    }
    deals += try ledger.quietVerdicts(
      of: run.number, last: Standing.allCases.filter { !$0.isOpen }, limit: Self.mostDeals
    )
    .map { PageDeal(key: $0.key, name: $0.name, line: $0, rows: []) }
    deals.sort { ($0.rank, $0.rows.first?.row.seq ?? 0) < ($1.rank, $1.rows.first?.row.seq ?? 0) }
    omittedDeals = max(0, run.standings.values.reduce(0, +) - deals.count { $0.line != nil })
  }

  private mutating func takeRows(_ ledger: LedgerTransaction) throws -> [PairKey: [PageDeal.Line]] {
    var rows: [PairKey: [PageDeal.Line]] = [:]
    var count = 0
    try ledger.eachRow(of: run.number) { row in
      actions[row.change.action, default: [:]][row.change.direction, default: 0] += 1
      count += 1
      // What needs a decision is never left out for what does not.
      guard count <= Self.mostRows || row.change.risk != .normal && count <= 2 * Self.mostRows else {
        omittedRows += 1
        return
      }
      let stamps = row.change.risk == .conflict ? try Self.stamps(of: row.key, ledger) : PageDeal.Stamps()
      rows[row.key, default: []].append(PageDeal.Line(row: row, stamps: stamps))
    }
    return rows
  }

  /// When the two records of a conflict were changed last, and by whom as far as the service says.
  private static func stamps(of key: PairKey, _ ledger: LedgerTransaction) throws -> PageDeal.Stamps {
    var stamps = PageDeal.Stamps()
    if let referral = try ledger.record(.referral, key.referralID) {
      stamps.partnerCenter = PageDeal.changed(at: referral["updatedDateTime"], by: "")
    }
    if let opportunity = try ledger.record(.opportunity, key.opportunityID) {
      stamps.salesforce = PageDeal.changed(
        at: opportunity["LastModifiedDate"], by: opportunity["LastModifiedBy.Name"])
    }
    return stamps
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
