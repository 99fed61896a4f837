import Foundation
import JSON
import Ledger
import Model

/// The deals and rows of a page as the script reads them: JSON that may stand within a page.
///
/// Each deal is written down when it is added, and set aside.
struct PageData {
  /// The most characters of a text that the page shows.
  static let longest = 4_000

  private var deals: [Place] = []
  private var codes: Set<Code> = []
  private let spool: Spool

  /// A deal that was added, and where it belongs.
  private struct Place {
    let rank: (Int, Int)
    let bytes: Range<Int>

    /// Deals of the same rank keep the order in which they were added.
    var order: (Int, Int, Int) { (rank.0, rank.1, bytes.lowerBound) }
  }

  /// No deals yet.
  init(_ spool: Spool) { self.spool = spool }

  /// Adds a deal with its rows, each a JSON object.
  mutating func add(_ deal: PageDeal, rows: [Data] = []) throws {
    var bytes = Array(Self.escaped(Self.head(of: deal)).dropLast())
    bytes += #","rows":["#.utf8
    for (index, row) in rows.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += row
    }
    bytes += #"],"history":"#.utf8
    bytes += Self.escaped(.array(deal.history.map { Self.history($0.line, $0.started) }))
    bytes.append(UInt8(ascii: "}"))
    let start = spool.count
    try spool.add(bytes)
    deals.append(Place(rank: deal.rank, bytes: start..<spool.count))
    codes.formUnion(deal.codes)
  }

  /// Writes the document of a run, its deals in the order of the page; nothing in it ends the element that it stands in.
  func write(_ run: RunEntry, to page: inout BlockWriter) throws {
    let titles = codes.sorted { $0.rawValue < $1.rawValue }
      .map { JSONMember($0.rawValue, .string($0.explanation.title)) }
    let head = JSONValue.object([
      JSONMember("run", .string(run.id.text)), JSONMember("digest", .string(run.digest)),
      JSONMember("open", .bool(run.state == .planned)), JSONMember("codes", .object(titles)),
    ])
    try page.write(Self.escaped(head).dropLast())
    try page.write(#","deals":["#.utf8)
    for (index, deal) in deals.sorted(by: { $0.order < $1.order }).enumerated() {
      if index > 0 { try page.write(CollectionOfOne(UInt8(ascii: ","))) }
      try page.write(spool.bytes(deal.bytes))
    }
    try page.write("]}".utf8)
  }

  /// JSON in which no `<` can begin a tag.
  static func escaped(_ value: JSONValue) -> [UInt8] {
    let bytes = value.encoded()
    guard bytes.contains(UInt8(ascii: "<")) else { return bytes }
    return bytes.flatMap { $0 == UInt8(ascii: "<") ? Array(#"\u003c"#.utf8) : [$0] }
  }

  private static func shown(_ text: String) -> JSONValue {
    .string(HarmlessText.plain(text, limit: longest))
  }

  /// What is told of a deal besides its rows.
  private static func head(of deal: PageDeal) -> JSONValue {
    let line = deal.line
    return .object([
      JSONMember("name", shown(deal.name)), JSONMember("referral", shown(deal.key.referralID)),
      JSONMember("opportunity", shown(deal.key.opportunityID)),
      JSONMember("standing", .string(line?.standing.rawValue ?? Standing.changes.rawValue)),
      JSONMember("category", shown(line?.category ?? "")), JSONMember("status", shown(line?.status ?? "")),
      JSONMember("stage", shown(line?.stage ?? "")), JSONMember("code", .string(line?.code.rawValue ?? "")),
      JSONMember("reason", shown(line?.reason ?? "")),
    ])
  }

  /// A row of the plan.
  static func row(_ row: PlanRow, _ stamps: PageStamps) -> JSONValue {
    let change = row.change
    return .object([
      JSONMember("seq", .number(String(row.seq))), JSONMember("action", .string(change.action.rawValue)),
      JSONMember("direction", .string(change.direction.rawValue)), JSONMember("field", shown(change.field)),
      JSONMember("base", shown(change.base)), JSONMember("partnerCenter", shown(change.partnerCenter)),
      JSONMember("salesforce", shown(change.salesforce)), JSONMember("new", shown(change.new)),
      JSONMember("risk", .string(change.risk.rawValue)), JSONMember("rule", .string(change.rule)),
      JSONMember("code", .string(change.code.rawValue)), JSONMember("reason", shown(change.reason)),
      JSONMember("decision", .string(row.decision.rawValue)),
      JSONMember("allowed", .array(row.allowedDecisions.map { .string($0.rawValue) })),
      JSONMember("outcome", .string(row.outcome.rawValue)),
      JSONMember("error", .string(row.answer.code?.rawValue ?? "")),
      JSONMember("http", .string(row.answer.status.map(String.init) ?? "")),
      JSONMember("message", shown(row.answer.message)), JSONMember("request", shown(row.answer.requestID)),
      JSONMember("at", shown(row.answer.at)), JSONMember("partnerCenterChanged", .string(stamps.partnerCenter)),
      JSONMember("salesforceChanged", .string(stamps.salesforce)),
    ])
  }

  private static func history(_ line: HistoryLine, _ started: String) -> JSONValue {
    let values =
      line.action == Action.conflict.rawValue
      ? "\(line.partnerCenter) or \(line.salesforce)" : "\(line.base) → \(line.new)"
    return .object([
      JSONMember("when", shown(line.at.isEmpty ? started : line.at)), JSONMember("action", .string(line.action)),
      JSONMember("field", shown(line.field)), JSONMember("change", .string(HarmlessText.plain(values, limit: 200))),
      JSONMember("decision", .string(line.decision)), JSONMember("outcome", .string(line.outcome)),
      JSONMember("request", shown(line.requestID)),
    ])
  }
}
