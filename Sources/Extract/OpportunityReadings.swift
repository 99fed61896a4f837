import Wire

/// The queries of a snapshot of Salesforce, all of them begun, drained one after the other.
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

  private var readings: [Part: RecordReading] = [:]

  /// Begins every query.
  init(_ queries: [Part: RecordQuery], _ client: SalesforceClient) throws {
    do {
      for part in Part.allCases {
        readings[part] = try queries[part].map { (query) throws(ServiceError) in try client.begin(query) }
      }
    } catch {
      abandon()
      throw error
    }
  }

  /// Hands over every row of a part, a batch at a time.
  func drain(_ part: Part, _ body: ([[String]]) throws -> Void) throws {
    while let rows = try readings[part]?.next() { try body(rows) }
    readings[part] = nil
  }

  /// Ends what was begun and not drained, so that no job stays behind in the org.
  func abandon() {
    for part in Part.allCases { readings[part]?.abandon() }
    readings = [:]
  }
}
