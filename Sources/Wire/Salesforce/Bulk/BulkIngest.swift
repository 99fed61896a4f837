import JSON
import Model

/// Updates of many records of one object by Bulk API 2.0 jobs.
///
/// A job does nothing before it is told that its upload is complete. So whatever is lost before then has written
/// nothing, and what is lost afterwards is asked for: of the job first, then of its lists of results.
struct BulkIngest {
  /// Bytes that one job may be given.
  static let uploadLimit = 100_000_000
  /// Jobs that are made for one upload at most.
  private static let attempts = 3

  private let client: SalesforceClient
  private let jobs: BulkJobs
  private let limit: Int

  init(_ client: SalesforceClient, limit: Int = BulkIngest.uploadLimit) {
    self.client = client
    self.limit = limit
    jobs = BulkJobs(client: client, family: .ingest)
  }

  /// Changes the records, which must be of one object and differ; one result for each, in order.
  ///
  /// What CSV cannot say goes out in collections.
  func update(_ records: [SObject]) -> [Result<RowAnswer, ServiceError>] {
    var results = records.map { _ in Result<RowAnswer, ServiceError>.failure(.noResult("the record")) }
    let places = records.indices.filter { BulkUpload.holds(records[$0]) }
    for part in BulkUpload.parts(of: places.map { records[$0] }, limit: limit) {
      let mine = part.places.map { places[$0] }
      for (place, answer) in zip(mine, run(mine.map { records[$0] }, part.body)) { results[place] = answer }
    }
    let others = records.indices.filter { !BulkUpload.holds(records[$0]) }
    for (place, answer) in zip(others, client.updateMany(others.map { records[$0] })) { results[place] = answer }
    return results
  }

  private func run(_ records: [SObject], _ body: [UInt8]) -> [Result<RowAnswer, ServiceError>] {
    let id: String
    let made: Double
    do throws(ServiceError) {
      id = try uploaded(records[0].object, body)
      made = client.now
      try complete(id)
    } catch {
      return records.map { _ in .failure(error) }
    }
    do throws(ServiceError) {
      let job = try ended(id, madeAt: made)
      let results = BulkResults(of: job, jobs)
      jobs.discard(id, isFinal: true)
      return records.map { results.result(of: $0) }
    } catch {
      return records.map { _ in .failure(unknown(error)) }
    }
  }

  /// A job that has got its data; a job of which that is not known is thrown away and made again.
  private func uploaded(_ object: String, _ body: [UInt8]) throws(ServiceError) -> String {
    var attempt = 1
    while true {
      let job = try jobs.create([
        "object": .string(object), "operation": "update", "contentType": "CSV", "columnDelimiter": "COMMA",
        "lineEnding": "LF",
      ])
      do throws(ServiceError) {
        try put(body, job.id)
        return job.id
      } catch {
        let state = (try? jobs.ask(job.id))?.state ?? .open
        jobs.discard(job.id, isFinal: state.isFinal)
        guard error.status == nil || (500...599).contains(error.status ?? 0), attempt < Self.attempts else {
          throw error
        }
        attempt += 1
      }
    }
  }

  private func put(_ body: [UInt8], _ id: String) throws(ServiceError) {
    var call = client.call(.put, jobs.path(id, "/batches"))
    call.body = body
    call.contentType = "text/csv"
    call.isWrite = false
    let response = try client.send(call)
    guard response.isSuccess else { throw SalesforceError.error(response, client.answer, isWrite: false) }
  }

  /// Tells the job to begin, and asks it where the answer does not show whether it has.
  private func complete(_ id: String) throws(ServiceError) {
    for isLast in [false, true] {
      do throws(ServiceError) {
        _ = try jobs.move(id, to: .uploadComplete)
        return
      } catch {
        let state: BulkJob.State
        do throws(ServiceError) {
          state = try jobs.ask(id).state
        } catch {
          throw unknown(error)
        }
        guard state == .open else { return }
        if isLast {
          jobs.discard(id, isFinal: false)
          throw error
        }
      }
    }
  }

  /// The job at its end; one that cannot be waited for is ended.
  private func ended(_ id: String, madeAt made: Double) throws(ServiceError) -> BulkJob {
    do throws(ServiceError) {
      return try jobs.end(of: id, madeAt: made)
    } catch {
      guard let job = try? jobs.move(id, to: .aborted) else { throw error }
      return job
    }
  }

  private func unknown(_ error: ServiceError) -> ServiceError {
    ServiceError(
      .salesforce, .outcomeUnknown, "\(error.message) – what became of a bulk write is unknown",
      details: .init(status: error.status, serviceCode: error.serviceCode, requestID: error.requestID))
  }
}
