/// A way by which the rows of a query come.
protocol RowSource: AnyObject {
  /// The next rows; nil behind the last one of a result that is proven complete.
  func next() throws(ServiceError) -> [[String]]?
  /// Leaves nothing behind at the service; errors are swallowed.
  func abandon()
}

/// Proves that no record comes twice, where the records' ids are among the columns (R117).
struct DistinctIDs {
  private let position: Int?
  private var seen: Set<String> = []

  init(columns: [String]) {
    position = columns.firstIndex { $0.lowercased() == "id" }
  }

  /// Takes a row in; throws when its record has been seen before.
  mutating func note(_ texts: [String]) throws(ServiceError) {
    guard let position else { return }
    let id = texts[position]
    guard !id.isEmpty else { throw .incompleteResult("a row came without its id") }
    // Fifteen characters name the record, and they fit into a string without storage of its own.
    guard seen.insert(String(id.prefix(15))).inserted else { throw .incompleteResult("the record \(id) came twice") }
  }
}
