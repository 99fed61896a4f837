import JSON
import Ledger
import Model

/// The deals and rows of a page as the script reads them: JSON that may stand within a page.
struct PageData {
  /// The most characters of a text that the page shows.
  static let longest = 4_000

  private let content: PageContent

  init(_ content: PageContent) {
    self.content = content
  }

  /// The document, written deal by deal; nothing in it ends the element that it stands in.
  var bytes: [UInt8] {
    let run = content.run
    let titles = Set(content.deals.flatMap(Self.codes)).sorted { $0.rawValue < $1.rawValue }
      .map { JSONMember($0.rawValue, .string($0.explanation.title)) }
    let head = JSONValue.object([
      JSONMember("run", .string(run.id.text)), JSONMember("digest", .string(run.digest)),
      JSONMember("open", .bool(run.state == .planned)), JSONMember("codes", .object(titles)),
    ])
    var bytes = Self.escaped(head).dropLast() + Array(#","deals":["#.utf8)
    for (index, deal) in content.deals.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Self.escaped(Self.deal(deal))
    }
    return bytes + Array("]}".utf8)
  }

  /// JSON in which no `<` can begin a tag.
  private static func escaped(_ value: JSONValue) -> [UInt8] {
    let bytes = value.encoded()
    guard bytes.contains(UInt8(ascii: "<")) else { return bytes }
    return bytes.flatMap { $0 == UInt8(ascii: "<") ? Array(#"\u003c"#.utf8) : [$0] }
  }

  private static func codes(_ deal: PageDeal) -> [Code] {
    [deal.line?.code].compactMap(\.self) + deal.rows.map(\.row.change.code)
  }

  private static func shown(_ text: String) -> JSONValue {
    .string(HarmlessText.plain(text, limit: longest))
  }

  private static func deal(_ deal: PageDeal) -> JSONValue {
    let line = deal.line
    return .object([
      JSONMember("name", shown(deal.name)), JSONMember("referral", shown(deal.key.referralID)),
      JSONMember("opportunity", shown(deal.key.opportunityID)),
      JSONMember("standing", .string(line?.standing.rawValue ?? Standing.changes.rawValue)),
      JSONMember("category", shown(line?.category ?? "")), JSONMember("status", shown(line?.status ?? "")),
      JSONMember("stage", shown(line?.stage ?? "")), JSONMember("code", .string(line?.code.rawValue ?? "")),
      JSONMember("reason", shown(line?.reason ?? "")), JSONMember("rows", .array(deal.rows.map(row))),
      JSONMember("history", .array(deal.history.map { history($0.line, $0.started) })),
    ])
  }

  private static func row(_ line: PageDeal.Line) -> JSONValue {
    let row = line.row
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
      JSONMember("at", shown(row.answer.at)), JSONMember("partnerCenterChanged", .string(line.stamps.partnerCenter)),
      JSONMember("salesforceChanged", .string(line.stamps.salesforce)),
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
