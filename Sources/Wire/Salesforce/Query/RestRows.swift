import JSON

/// The rows of a query by REST.
///
/// One page is held back until the next one is there. So a locator that ran out while other queries were read shows
/// before anything has been handed out, and the query can begin again.
final class RestRows: RowSource {
  private let client: SalesforceClient
  private let columns: [String]
  private let target: String
  private let projector: RecordProjector
  private var pages: SalesforcePages
  private var distinct: DistinctIDs
  private var held: [[String]]?
  private var mayBeginAgain = true

  /// Asks for the first page.
  init(_ client: SalesforceClient, columns: [String], target: String) throws(ServiceError) {
    self.client = client
    self.columns = columns
    self.target = target
    projector = RecordProjector(paths: columns) { PlainDecimal.spelling($0) ?? $0 }
    pages = SalesforcePages(client, target: target)
    distinct = DistinctIDs(columns: columns)
    held = try page()
  }

  /// The rows of the whole result by the service's count.
  var totalSize: Int { pages.totalSize ?? 0 }

  func next() throws(ServiceError) -> [[String]]? {
    let following: [[String]]?
    do throws(ServiceError) {
      following = try page()
    } catch  where mayBeginAgain && SalesforceError.isLostLocator(error) {
      try beginAgain()
      following = try page()
    }
    mayBeginAgain = false
    let rows = held
    held = following
    return rows
  }

  func abandon() {}

  private func beginAgain() throws(ServiceError) {
    mayBeginAgain = false
    pages = SalesforcePages(client, target: target)
    distinct = DistinctIDs(columns: columns)
    held = try page()
  }

  /// The next page's rows; nil behind the last page.
  private func page() throws(ServiceError) -> [[String]]? {
    guard !pages.isComplete else { return nil }
    var rows: [[String]] = []
    try pages.next { (_, reader) throws(JSONError) in
      var texts: [String] = []
      while try reader.next(with: projector, into: &texts) { rows.append(texts) }
      return rows.count
    }
    for texts in rows { try distinct.note(texts) }
    return rows
  }
}
