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
    return .json(try first(statement, size: size(request)))
  }

  private func first(_ statement: String, size: Int) throws -> JSONValue {
    let query = try SoqlParser.parse(statement)
    let run = SoqlRun(world: world, version: version, includesDeleted: includesDeleted)
    if query.isCount {
      return ["totalSize": .int(try run.count(query)), "done": true, "records": []]
    }
    if query.items.contains(where: { if case .fields = $0 { true } else { false } }), query.limit ?? 201 > 200 {
      throw SoqlParser.malformed("The SOQL FIELDS function must have a LIMIT of at most 200")
    }
    let ids = try run.ids(query)
    let records = try run.records(query, ids: Array(ids.prefix(size)))
    if ids.count <= size {
      return ["totalSize": .int(ids.count), "done": true, "records": .array(records)]
    }
    let locator = SalesforceID.make(prefix: "01g", number: try world.next("locator"))
    try world.db.execute(
      sql: "INSERT INTO locator(id, soql, ids, deleted) VALUES (?, ?, ?, ?)",
      arguments: [locator, statement, ids.joined(separator: ","), includesDeleted])
    return page(records, total: ids.count, next: "\(locator)-\(size)")
  }

  private func page(behind locator: String, size: Int) throws -> JSONValue {
    let parts = locator.split(separator: "-")
    guard parts.count == 2, let offset = Int(parts[1]), offset > 0,
      let row = try Row.fetchOne(
        world.db, sql: "SELECT soql, ids, deleted FROM locator WHERE id = ?", arguments: [String(parts[0])])
    else { throw Refusal(status: 400, code: "INVALID_QUERY_LOCATOR", message: "invalid query locator") }
    let statement: String = row["soql"]
    let list: String = row["ids"]
    let ids = list.split(separator: ",").map(String.init)
    guard offset < ids.count else {
      throw Refusal(status: 400, code: "INVALID_QUERY_LOCATOR", message: "invalid query locator")
    }
    let run = SoqlRun(world: world, version: version, includesDeleted: row["deleted"])
    let end = min(offset + size, ids.count)
    let records = try run.records(try SoqlParser.parse(statement), ids: Array(ids[offset..<end]))
    return page(records, total: ids.count, next: end < ids.count ? "\(parts[0])-\(end)" : nil)
  }

  private func page(_ records: [JSONValue], total: Int, next: String?) -> JSONValue {
    var members = JSONObject([("totalSize", .int(total)), ("done", .bool(next == nil))])
    if let next { members["nextRecordsUrl"] = .string("/services/data/v\(version)/query/\(next)") }
    members["records"] = .array(records)
    return .object(members)
  }

  /// The rows of a page: 2,000, or what `Sforce-Query-Options` asks for between 200 and 2,000.
  private func size(_ request: ServiceRequest) -> Int {
    let options = request.headers["sforce-query-options"]?.lowercased().filter { $0 != " " } ?? ""
    guard let start = options.range(of: "batchsize="),
      let size = Int(options[start.upperBound...].prefix { $0.isNumber })
    else { return 2000 }
    return min(max(size, 200), 2000)
  }
}
