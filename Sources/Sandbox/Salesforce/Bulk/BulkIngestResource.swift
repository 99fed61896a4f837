import Foundation
import GRDB

/// `jobs/ingest`: many rows written by one job, with a file of results for each outcome.
struct BulkIngestResource {
  let world: World
  let version: String

  private var store: BulkStore { BulkStore(world: world) }

  /// The most bytes of an upload; base64 makes 150 MB of them.
  private static let longest = 100 << 20
  private static let operations: Set<String> = ["insert", "update", "upsert", "delete", "hardDelete"]

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    switch (request.method, rest.count, rest.last?.lowercased()) {
    case ("POST", 0, _): return try create(request)
    case ("GET", 0, _):
      return .json(try store.list(.ingest, after: Int(request.parameters["queryLocator"] ?? "") ?? 0))
    case ("GET", 1, _): return .json(try store.advanced(store.job(rest[0], .ingest)).full)
    case ("PATCH", 1, _): return try change(request, rest[0])
    case ("DELETE", 1, _):
      try store.delete(try store.job(rest[0], .ingest))
      return .empty(204)
    case ("PUT", 2, "batches"):
      try upload(request, try store.job(rest[0], .ingest))
      return .empty(201)
    case ("GET", 2, let kind?):
      guard let result = BulkResult(rawValue: kind) else { throw SalesforceService.notFound }
      return try results(result, try store.job(rest[0], .ingest))
    case (_, 0...2, _): throw SalesforceService.notAllowed
    default: throw SalesforceService.notFound
    }
  }

  private func create(_ request: ServiceRequest) throws -> ServiceReply {
    if request.headers["content-type"]?.lowercased().hasPrefix("multipart/form-data") == true {
      let form = try MultipartForm(request)
      guard let part = form["job"], let content = form["content"],
        case .object(let body)? = try? JSONParser.parse(part)
      else { throw refused("InvalidJob : a form needs the parts job and content") }
      if String(decoding: content, as: UTF8.self).count > 100_000 {
        throw refused("InvalidJob : the content of a form may have 100,000 characters")
      }
      var job = try made(body)
      try put(content, job)
      job.state = .uploadComplete
      try store.save(job)
      return .json(.object(try store.job(job.id, .ingest).brief))
    }
    return .json(.object(try made(try RowResource.fields(request)).brief))
  }

  private func made(_ body: JSONObject) throws -> BulkJob {
    guard let operation = body["operation"]?.string, BulkIngestResource.operations.contains(operation) else {
      throw refused("InvalidJob : operation must be insert, update, upsert, delete or hardDelete")
    }
    guard let name = body["object"]?.string, let object = try world.schema.object(name),
      !BulkQueryResource.unsupported.contains(object.name)
    else {
      throw Refusal(
        status: 400, code: "INVALIDENTITY",
        message: "Entity '\(body["object"]?.scalar ?? "")' is not supported by the Bulk API.")
    }
    let external = body["externalIdFieldName"]?.string
    if operation == "upsert" {
      guard let external, !external.isEmpty else {
        throw refused("InvalidJob : External ID was blank for \(object.name). It must be specified for upsert.")
      }
      guard object[external]?.isIdLookup == true else {
        throw refused(
          "InvalidJob : Field name provided, \(external) does not match an External ID, Salesforce Id, or indexed "
            + "field for \(object.name)")
      }
    }
    let job = BulkJob(
      id: SalesforceID.make(prefix: "750", number: try world.next("bulk job")), kind: .ingest, operation: operation,
      object: object.name, soql: "", externalId: external, format: try BulkFormat(job: body), version: version,
      created: try world.now, state: .open)
    try store.add(job)
    return job
  }

  private func upload(_ request: ServiceRequest, _ job: BulkJob) throws {
    guard request.headers["content-type"]?.lowercased().hasPrefix("text/csv") ?? true else {
      throw Refusal(status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message: "The content type must be text/csv")
    }
    guard job.state == .open else {
      throw Refusal(
        status: 400, code: "INVALIDJOBSTATE", message: "Data can be uploaded only to a job in state Open")
    }
    try put(request.body, job)
  }

  private func put(_ content: Data, _ job: BulkJob) throws {
    if content.count > BulkIngestResource.longest {
      throw Refusal(status: 400, code: "EXCEEDEDQUOTA", message: "ExceededQuota : the upload has more than 100 MB")
    }
    try world.db.cachedStatement(sql: "UPDATE bulk_job SET upload = ? WHERE id = ? AND upload IS NULL").execute(
      arguments: [content, job.id])
    if world.db.changesCount == 0 {
      throw Refusal(
        status: 400, code: "INVALIDJOBSTATE", message: "Data was uploaded to this job already; it is taken once only")
    }
  }

  private func change(_ request: ServiceRequest, _ id: String) throws -> ServiceReply {
    var job = try store.job(id, .ingest)
    switch try RowResource.fields(request)["state"]?.string {
    case "UploadComplete":
      guard job.state == .open else {
        throw invalidState("Closing a job in state \(job.state.rawValue) is not allowed")
      }
      job.state = .uploadComplete
    case "Aborted":
      if job.state.isTerminal { throw invalidState("Aborting already Completed Job not allowed") }
      job.state = .aborted
    default: throw invalidState("The state must be UploadComplete or Aborted")
    }
    try store.save(job)
    return .json(.object(try store.job(id, .ingest).brief))
  }

  private func results(_ result: BulkResult, _ job: BulkJob) throws -> ServiceReply {
    if !job.state.isTerminal { throw invalidState("The job has no results in state \(job.state.rawValue)") }
    let header =
      try String.fetchOne(
        world.db.cachedStatement(sql: "SELECT header FROM bulk_job WHERE id = ?"), arguments: [job.id]) ?? ""
    var csv = BulkCSV(Array(header.utf8), BulkFormat())
    let names = try? csv.next()
    guard let names else { return ServiceReply(status: 200, headers: [("Content-Type", "text/csv")]) }
    let isShuffled = try world.switches.isOn(.shuffleResults)
    let rows = try Row.fetchAll(
      world.db.cachedStatement(
        sql: "SELECT line, id, created, error FROM bulk_row WHERE job = ? AND \(result.condition) "
          + "ORDER BY \(isShuffled ? "(seq * 2654435761) % 4294967291, seq" : "seq")"), arguments: [job.id])
    var text = (result.added.map { "\"\($0)\"" } + names).joined(separator: job.format.separator) + job.format.end
    for row in rows {
      var line = BulkCSV(Array((row["line"] as String).utf8), BulkFormat())
      text += job.format.line(result.values(row) + (try line.next() ?? [])) + job.format.end
    }
    return ServiceReply(status: 200, headers: [("Content-Type", "text/csv")], body: Data(text.utf8))
  }

  private func invalidState(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALIDJOBSTATE", message: message)
  }

  private func refused(_ message: String) -> Refusal { Refusal(status: 400, code: "INVALIDJOB", message: message) }
}

/// The three files of results of an ingest job, by the last part of their path in lower case.
enum BulkResult: String {
  case successful = "successfulresults"
  case failed = "failedresults"
  case unprocessed = "unprocessedrecords"

  /// Which rows the file holds.
  var condition: String {
    switch self {
    case .successful: "created IS NOT NULL"
    case .failed: "error IS NOT NULL"
    case .unprocessed: "created IS NULL AND error IS NULL"
    }
  }

  /// The columns in front of those uploaded.
  var added: [String] {
    switch self {
    case .successful: ["sf__Id", "sf__Created"]
    case .failed: ["sf__Id", "sf__Error"]
    case .unprocessed: []
    }
  }

  func values(_ row: Row) -> [String] {
    let id = row["id"] as String? ?? ""
    switch self {
    case .successful: return [id, (row["created"] as Bool? ?? false) ? "true" : "false"]
    case .failed: return [id, row["error"] as String? ?? ""]
    case .unprocessed: return []
    }
  }
}
