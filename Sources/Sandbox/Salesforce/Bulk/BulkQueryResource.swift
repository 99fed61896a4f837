import Foundation
import GRDB

/// `jobs/query`: statements over many rows, answered in sets of CSV.
struct BulkQueryResource {
  let world: World
  let version: String

  private var store: BulkStore { BulkStore(world: world) }

  /// How many sets `resultPages` names at a time.
  private static let pagesAtOnce = 5

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    switch (request.method, rest.count, rest.last?.lowercased()) {
    case ("POST", 0, _): return try create(request)
    case ("GET", 0, _):
      return .json(try store.list(.query, after: Int(request.parameters["queryLocator"] ?? "") ?? 0))
    case ("GET", 1, _): return .json(try store.advanced(store.job(rest[0], .query)).full)
    case ("PATCH", 1, _): return try abort(request, rest[0])
    case ("DELETE", 1, _):
      try store.delete(try store.job(rest[0], .query))
      return .empty(204)
    case ("GET", 2, "results"): return try results(request, try finished(rest[0]))
    case ("GET", 2, "resultpages"): return try pages(request, try finished(rest[0]))
    case (_, 0...1, _), (_, 2, "results"), (_, 2, "resultpages"): throw SalesforceService.notAllowed
    default: throw SalesforceService.notFound
    }
  }

  private func create(_ request: ServiceRequest) throws -> ServiceReply {
    let body = try RowResource.fields(request)
    guard let operation = body["operation"]?.string, ["query", "queryAll"].contains(operation) else {
      throw Refusal(status: 400, code: "INVALIDJOB", message: "InvalidJob : operation must be query or queryAll")
    }
    guard let soql = body["query"]?.string, !soql.isEmpty else {
      throw Refusal(status: 400, code: "INVALIDJOB", message: "InvalidJob : a query is needed")
    }
    let format = try BulkFormat(job: body)
    let query = try SoqlParser.parse(soql)
    try BulkColumns.require(query)
    let run = SoqlRun(world: world, version: version)
    let compiler = try run.compiler(query)
    guard !BulkQueryResource.unsupported.contains(compiler.object.name) else {
      throw Refusal(
        status: 400, code: "INVALIDENTITY",
        message: "Entity '\(compiler.object.name)' is not supported by the Bulk API.")
    }
    _ = try BulkColumns(query, compiler, format)
    let job = BulkJob(
      id: SalesforceID.make(prefix: "750", number: try world.next("bulk job")), kind: .query, operation: operation,
      object: compiler.object.name, soql: soql, externalId: nil, format: format, version: version,
      created: try world.now, state: .uploadComplete)
    _ = try world.next(BulkStore.queryJobs)
    try store.add(job)
    try BulkQueryRun(world: world).take(query, for: job)
    return .json(.object(job.brief))
  }

  /// Objects with bytes in them, and those that the Bulk API leaves out.
  static let unsupported: Set<String> = ["ContentNote", "ContentDocumentLink", "OpportunityStage", "CurrencyType"]

  private func abort(_ request: ServiceRequest, _ id: String) throws -> ServiceReply {
    var job = try store.job(id, .query)
    guard try RowResource.fields(request)["state"] == "Aborted" else {
      throw Refusal(status: 400, code: "INVALIDJOBSTATE", message: "Only the state Aborted can be asked for")
    }
    if job.state.isTerminal {
      throw Refusal(
        status: 400, code: "INVALIDJOBSTATE", message: "Aborting already Completed Job not allowed")
    }
    job.state = .aborted
    try store.save(job)
    return .json(.object(try store.job(id, .query).brief))
  }

  /// The job whose results can be read.
  private func finished(_ id: String) throws -> BulkJob {
    let job = try store.job(id, .query)
    if job.version != version {
      throw Refusal(
        status: 409, code: "API_ERROR",
        message: "The API version of the request must be that of the job: \(job.version)")
    }
    guard job.state == .complete else {
      throw Refusal(
        status: 400, code: "INVALIDJOBSTATE", message: "The job has no results in state \(job.state.rawValue)")
    }
    return job
  }

  private func results(_ request: ServiceRequest, _ job: BulkJob) throws -> ServiceReply {
    let locator = try request.parameters["locator"].map { try BulkLocator($0) } ?? BulkLocator(offset: 0)
    let size = try maxRecords(request) ?? locator.size ?? world.switches.number(.bulkMaxRecords)
    let count = max(0, min(size, job.processed - locator.offset))
    let next = locator.offset + count
    let following =
      next < job.processed ? BulkLocator(offset: next, size: locator.size).text : "null"
    var bytes = Data((try BulkQueryRun(world: world).header(job) + job.format.end).utf8)
    let lines = try Data.fetchOne(
      world.db.cachedStatement(
        sql: """
          SELECT CAST(group_concat(line || ?, '') AS BLOB) FROM
          (SELECT line FROM bulk_line WHERE job = ? AND seq > ? AND seq <= ? ORDER BY seq)
          """), arguments: [job.format.end, job.id, locator.offset, next])
    bytes.append(lines ?? Data())
    return ServiceReply(
      status: 200,
      headers: [
        ("Content-Type", "text/csv"), ("Sforce-Locator", following), ("Sforce-NumberOfRecords", String(count)),
      ], body: bytes)
  }

  /// The addresses of sets that may be read at the same time.
  private func pages(_ request: ServiceRequest, _ job: BulkJob) throws -> ServiceReply {
    let start = try request.parameters["locator"].map { try BulkLocator($0) } ?? BulkLocator(offset: 0)
    let size = try maxRecords(request) ?? start.size ?? world.switches.number(.bulkMaxRecords)
    let base = "/services/data/v\(version)/jobs/query/\(job.id)"
    var offset = start.offset
    var urls: [JSONValue] = []
    repeat {
      urls.append(["resultUrl": .string("\(base)/results?locator=\(BulkLocator(offset: offset, size: size).text)")])
      offset += size
    } while offset < job.processed && urls.count < BulkQueryResource.pagesAtOnce
    let isDone = offset >= job.processed
    let next = isDone ? nil : "\(base)/resultpages?locator=\(BulkLocator(offset: offset, size: size).text)"
    return .json(["resultPages": .array(urls), "nextRecordsUrl": .text(next), "done": .bool(isDone)])
  }

  private func maxRecords(_ request: ServiceRequest) throws -> Int? {
    guard let text = request.parameters["maxRecords"] else { return nil }
    guard let number = Int(text), number > 0 else {
      throw Refusal(status: 400, code: "API_ERROR", message: "maxRecords must be a positive number")
    }
    return number
  }
}
