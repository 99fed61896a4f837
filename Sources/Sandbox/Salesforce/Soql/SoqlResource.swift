import Foundation
import GRDB

/// `query` and `queryAll`: the first page of a statement, and the pages behind a locator.
struct SoqlResource {
  let world: World
  let version: String
  let includesDeleted: Bool

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    guard request.method == "GET" else { throw SalesforceService.notAllowed }
    if rest.count > 1 { return .json(try page(behind: rest[1], size: size(request))) }
    guard let statement = request.parameters["q"] else {
      throw SoqlParser.malformed("A query string has to be specified")
    }
    do {
      return .json(try first(statement, size: size(request)))
    } catch let refusal as Refusal {
      throw SoqlMistake(statement: statement, cause: refusal).refusal
    }
  }

  private func first(_ statement: String, size: Int) throws -> JSONValue {
    let query = try SoqlParser.parse(statement)
    let run = try run(statement, size, includesDeleted)
    try require(query)
    if query.isCount { return ["totalSize": .int(try run.count(query)), "done": true, "records": []] }
    if query.isAggregate {
      let records = try run.aggregates(query)
      return ["totalSize": .int(records.count), "done": true, "records": .array(records)]
    }
    let selection = try run.selection(query)
    let ids = try run.ids(selection, most: size + 1)
    let records = try run.records(query, ids: Array(ids.prefix(size)))
    guard ids.count > size else { return page(records, total: ids.count, next: nil) }
    let content = QueryCursor.Content(statement: statement, path: [], includesDeleted: includesDeleted)
    let cursor = try QueryCursor.make(world, content, selection)
    return page(records, total: cursor.total, next: "\(cursor.id)-\(size)")
  }

  private func page(behind locator: String, size: Int) throws -> JSONValue {
    let parts = locator.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 18, let offset = Int(parts[1]), offset > 0 else {
      throw QueryCursor.unknown
    }
    let page = try QueryCursor.page(world, cursor: String(parts[0]), offset: offset, size: size)
    let run = try run(page.content.statement, size, page.content.includesDeleted)
    let query = try run.query(try SoqlParser.parse(page.content.statement), at: page.content.path)
    let records = try run.records(query, ids: page.ids, below: page.content.path)
    let end = offset + page.ids.count
    return self.page(records, total: page.total, next: end < page.total ? "\(parts[0])-\(end)" : nil)
  }

  private func run(_ statement: String, _ size: Int, _ includesDeleted: Bool) throws -> SoqlRun {
    var run = SoqlRun(world: world, version: version, includesDeleted: includesDeleted)
    run.paging = (statement, min(size, try world.switches.number(.childPageSize)))
    return run
  }

  /// What REST asks of a statement beyond its grammar.
  private func require(_ query: SoqlQuery) throws {
    let children = query.items.compactMap { if case .children(let inner) = $0 { inner } else { nil } }
    if children.count > 20 { throw SoqlParser.malformed("a query may have 20 sub-selects at most") }
    for query in [query] + children {
      let hasGroup = query.items.contains {
        if case .fields(let group) = $0 { group != .standard } else { false }
      }
      if hasGroup, query.limit ?? 201 > 200 {
        throw SoqlParser.malformed("The SOQL FIELDS function must have a LIMIT of at most 200")
      }
    }
    if query.source.lowercased() == "contentdocumentlink",
      query.condition?.pins(["contentdocumentid", "linkedentityid"]) != true
    {
      throw SoqlParser.malformed(
        "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or "
          + "LinkedEntityId using the equals operator or multiple Id's using the IN operator.")
    }
  }

  private func page(_ records: [JSONValue], total: Int, next: String?) -> JSONValue {
    var members = JSONObject([("totalSize", .int(total)), ("done", .bool(next == nil))])
    if let next { members["nextRecordsUrl"] = .string("/services/data/v\(version)/query/\(next)") }
    members["records"] = .array(records)
    return .object(members)
  }

  /// The rows of a page: what `Sforce-Query-Options` asks for between 200 and 2,000, or 2,000, unless the org gives
  /// fewer.
  private func size(_ request: ServiceRequest) throws -> Int {
    let most = try world.switches.number(.pageSize)
    let options = request.headers["sforce-query-options"]?.lowercased().filter { $0 != " " } ?? ""
    guard let start = options.range(of: "batchsize="),
      let size = Int(options[start.upperBound...].prefix { $0.isNumber })
    else { return most }
    return min(max(size, 200), 2000, most)
  }
}
