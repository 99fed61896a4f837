import CSV
import JSON
import Model

/// What became of the records of an ingest job, by the job's three lists.
///
/// Rows come in any order and are found by their ids. A list that is damaged counts as lost: its rows are unknown, as is
/// a row in no list, or in two.
struct BulkResults {
  private let job: BulkJob
  private let jobs: BulkJobs
  private var results: [String: [Result<RowAnswer, ServiceError>]] = [:]

  /// Fetches the lists of a job that has ended, well or not: even a failed one keeps what it has written.
  init(of job: BulkJob, _ jobs: BulkJobs) {
    self.job = job
    self.jobs = jobs
    read("successfulResults") { row, response in
      .success(
        RowAnswer(
          id: row["sf__id"] ?? row["id"], isCreated: row["sf__created"]?.lowercased() == "true",
          status: response.status, requestID: jobs.client.answer.requestID(response)))
    }
    read("failedResults") { row, response in
      let client = jobs.client
      let error = Self.rowForm(of: row["sf__error"] ?? "")
      return .failure(SalesforceError.error(row: error, client.answer.details(response), client.answer))
    }
    read("unprocessedrecords") { _, response in
      .failure(
        ServiceError(
          .salesforce, .notAttempted, "the bulk job \(job.id) ended before this record",
          details: jobs.client.answer.details(response)))
    }
  }

  /// What became of a record.
  func result(of record: SObject) -> Result<RowAnswer, ServiceError> {
    let found = results[Self.key(record.id ?? "")] ?? []
    if found.count == 1 { return found[0] }
    guard job.state != .jobComplete else { return .failure(.noResult("one record of the bulk job \(job.id)")) }
    let reason = jobs.client.answer.redaction.clean(job.errorMessage ?? "no reason given")
    return .failure(
      ServiceError(
        .salesforce, .outcomeUnknown,
        "the bulk job \(job.id) ended as \(job.state.rawValue): \(reason) – the outcome of a write is unknown"))
  }

  /// A row's error text, `CODE:message:fields --`, in the form in which collections give it.
  static func rowForm(of text: String) -> JSONValue {
    let code = text.prefix { $0 != ":" }
    guard !code.isEmpty,
      code.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
    else { return ["errors": [["message": .string(text)]]] }
    var message = text.dropFirst(code.count + 1)
    var fields: [JSONValue] = []
    if message.hasSuffix("--"), let mark = message.lastIndex(of: ":") {
      let names = message[message.index(after: mark)...].dropLast(2).split(separator: ",")
      fields = names.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }.map { .string($0) }
      message = message[..<mark]
    }
    return [
      "errors": [["statusCode": .string(String(code)), "message": .string(String(message)), "fields": .array(fields)]]
    ]
  }

  private static func key(_ id: String) -> String { String(id.prefix(15)) }

  private mutating func read(
    _ list: String, _ result: ([String: String], Response) -> Result<RowAnswer, ServiceError>
  ) {
    var call = jobs.client.call(.get, jobs.path(job.id, "/\(list)/"))
    call.accept = "text/csv"
    guard let response = try? jobs.client.send(call), response.isSuccess, let rows = rows(response) else { return }
    for row in rows {
      let id = row["id"].flatMap { $0.isEmpty ? nil : $0 } ?? row["sf__id"] ?? ""
      results[Self.key(id), default: []].append(result(row, response))
    }
  }

  /// The rows of a list by their columns in lower case; nil for one that does not end as it should.
  private func rows(_ response: Response) -> [[String: String]]? {
    guard (try? jobs.client.answer.checkTable(response)) != nil else { return nil }
    guard !response.body.isEmpty else { return [] }
    guard response.body.last == 0x0A else { return nil }
    var reader = CSVReader(bytes: response.body, options: .answer)
    var rows: [[String: String]] = []
    do throws(CSVError) {
      let names = try reader.next()?.texts.map { $0.lowercased() } ?? []
      while let row = try reader.next() {
        rows.append(Dictionary(zip(names, row.texts)) { first, _ in first })
      }
    } catch {
      return nil
    }
    return rows
  }
}
