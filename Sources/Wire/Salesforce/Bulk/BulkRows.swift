import JSON
import Model

/// The rows of a query by a Bulk API 2.0 job, whose result comes in sets.
///
/// The rows are proven three ways: each set counts its own, the job counts all, and they are counted here (R117).
final class BulkRows: RowSource {
  /// Rows that are handed out at a time.
  private static let batchSize = 2000
  /// Rows that a set may have at first, and the number below which a set that is too large is given up.
  private static let setSizes = (first: 50_000, least: 50)

  private enum State {
    case running
    case reading(BulkResultSet)
    case between(locator: String)
    case ended
  }

  private let client: SalesforceClient
  private let jobs: BulkJobs
  private let columns: [BulkColumn]
  private let id: String
  private let made: Double
  private var state = State.running
  private var isFinal = false
  private var processed = 0
  private var rows = 0
  private var setSize = BulkRows.setSizes.first
  private var locators: Set<String> = []
  private var distinct: DistinctIDs

  /// Makes the job.
  ///
  /// Its query has no order: with one, Salesforce would read it in one piece.
  init(_ client: SalesforceClient, _ query: RecordQuery) throws(ServiceError) {
    let soql = try query.soql()
    self.client = client
    jobs = BulkJobs(client: client, family: .query)
    columns = try client.bulkColumns(of: query)
    distinct = DistinctIDs(columns: query.columns)
    let job = try jobs.create([
      "operation": "query", "query": .string(soql), "contentType": "CSV", "columnDelimiter": "COMMA",
      "lineEnding": "LF",
    ])
    id = job.id
    made = client.now
  }

  func next() throws(ServiceError) -> [[String]]? {
    do throws(ServiceError) {
      return try step()
    } catch {
      // The service has answered, so that it can be asked once more; a service that is away keeps its job.
      if error.code == .jobFailed || error.code == .snapshotIncomplete { abandon() }
      throw error
    }
  }

  func abandon() {
    if case .ended = state { return }
    state = .ended
    jobs.discard(id, isFinal: isFinal)
  }

  private func step() throws(ServiceError) -> [[String]]? {
    while true {
      switch state {
      case .running: state = .reading(try firstSet())
      case .between(let locator): state = .reading(try set(after: locator))
      case .reading(let set):
        if let batch = try batch(of: set) { return batch }
        try finish(set)
      case .ended: return nil
      }
    }
  }

  private func firstSet() throws(ServiceError) -> BulkResultSet {
    let job = try jobs.end(of: id, madeAt: made)
    isFinal = true
    guard job.state == .jobComplete else {
      throw jobs.failed("the bulk job \(id) ended as \(job.state.rawValue): \(job.errorMessage ?? "no reason given")")
    }
    guard let processed = job.processed else {
      throw .incompleteResult("the bulk job \(id) does not tell how many rows it read")
    }
    self.processed = processed
    return try set(after: nil)
  }

  private func batch(of set: BulkResultSet) throws(ServiceError) -> [[String]]? {
    guard let batch = try set.next(Self.batchSize) else { return nil }
    rows += batch.count
    guard rows <= processed else { throw .incompleteResult("more than the \(processed) rows of the job came") }
    for texts in batch { try distinct.note(texts) }
    return batch
  }

  private func finish(_ set: BulkResultSet) throws(ServiceError) {
    if let locator = set.locator {
      guard locators.insert(locator).inserted else { throw .incompleteResult("it named a set for the second time") }
      guard set.announced > 0 else { throw .incompleteResult("an empty set is not the last one") }
      state = .between(locator: locator)
      return
    }
    guard rows == processed else { throw .incompleteResult("\(rows) rows came of \(processed)") }
    abandon()
  }

  /// Asks for a set, and for ever smaller ones while its answer is too large.
  private func set(after locator: String?) throws(ServiceError) -> BulkResultSet {
    while true {
      do throws(ServiceError) {
        return try BulkResultSet(try answer(locator), columns, client)
      } catch  where error.code == .answerTooLarge && setSize / 2 >= Self.setSizes.least {
        setSize /= 2
      }
    }
  }

  private func answer(_ locator: String?) throws(ServiceError) -> Response {
    let place = locator.map { "&locator=" + Address.escaped($0) } ?? ""
    var call = client.call(.get, jobs.path(id, "/results?maxRecords=\(setSize)\(place)"))
    call.accept = "text/csv"
    call.isPage = true
    let response = try client.send(call)
    guard response.isSuccess else {
      let error = SalesforceError.error(response, client.answer, isWrite: false)
      guard response.status == 404 || response.status == 409 else { throw error }
      throw jobs.failed("the result of the bulk job \(id) cannot be had: \(error.message)")
    }
    return response
  }
}
