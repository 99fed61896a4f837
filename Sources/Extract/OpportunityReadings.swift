import Wire

/// The queries of a snapshot of Salesforce: all are read side by side, and drained one after the other.
final class OpportunityReadings {
  /// What a query brings, in the order in which it is drained.
  enum Part: CaseIterable {
    case accounts
    case contacts
    case solutions
    case users
    case leads
    case roles
    case lines
    case team
    case opportunities
  }

  /// Batches of a part that are read before somebody wants them.
  private static let capacity = 2

  private let queries: [Part: RecordQuery]
  private let client: SalesforceClient
  private let lanes: Lanes
  private var batches: [Part: [[[String]]]] = [:]
  private var complete: Set<Part> = []
  private var failure: (any Error)?
  private var isAbandoned = false

  /// The given queries, by a client whose requests `lanes` share.
  init(_ queries: [Part: RecordQuery], _ client: SalesforceClient, _ lanes: Lanes) {
    self.queries = queries
    self.client = client
    self.lanes = lanes
    client.share(lanes)
  }

  /// Reads every query while `body` drains them; what it leaves undrained is ended, so that no job stays behind in the org.
  func read(_ body: () throws -> Void) throws {
    let parts = Part.allCases.filter { queries[$0] != nil }
    try lanes.run(parts) { [self] in
      fill($0)
    } beside: {
      defer {
        isAbandoned = true
        lanes.tell()
      }
      try body()
    }
  }

  /// Hands over every row of a part, a batch at a time; of the queries' errors the first is thrown, whosever it is.
  func drain(_ part: Part, _ body: ([[String]]) throws -> Void) throws {
    guard queries[part] != nil else { return }
    while true {
      lanes.wait { failure != nil || complete.contains(part) || !batches[part, default: []].isEmpty }
      if let failure { throw failure }
      guard !batches[part, default: []].isEmpty else { return }
      let rows = batches[part, default: []].removeFirst()
      lanes.tell()
      try body(rows)
    }
  }

  private func fill(_ part: Part) {
    guard let query = queries[part], !isOver else { return }
    do {
      var reading = try client.begin(query)
      defer { reading.abandon() }
      while !isOver, let rows = try reading.next() { add(rows, to: part) }
    } catch {
      if failure == nil { failure = error }
    }
    complete.insert(part)
    lanes.tell()
  }

  private func add(_ rows: [[String]], to part: Part) {
    lanes.wait { isOver || batches[part, default: []].count < Self.capacity }
    batches[part, default: []].append(rows)
    lanes.tell()
  }

  /// Whether nobody wants any more rows.
  private var isOver: Bool { failure != nil || isAbandoned }
}
