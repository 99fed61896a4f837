import CSV

/// One set of a query job's result.
///
/// Its rows are handed out as they are read; a set that ends too early shows at its end, as an error.
final class BulkResultSet {
  /// The rows that the set has by its own count.
  let announced: Int
  /// Where the next set begins; nil for the last set.
  let locator: String?

  private let columns: [BulkColumn]
  private var reader: CSVReader
  private var places: [Int] = []
  private var count = 0

  init(_ response: Response, _ columns: [BulkColumn], _ client: SalesforceClient) throws(ServiceError) {
    try client.answer.checkTable(response)
    guard let announced = response.headers["Sforce-NumberOfRecords"].flatMap({ Int($0) }), announced >= 0 else {
      throw .incompleteResult("a set does not tell how many rows it has")
    }
    guard response.body.last == 0x0A || (response.body.isEmpty && announced == 0) else {
      throw .incompleteResult("a set breaks off before the end of its last line")
    }
    self.announced = announced
    self.columns = columns
    locator = response.headers["Sforce-Locator"].flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
    reader = CSVReader(bytes: response.body, options: .answer)
    guard let header = try row() else { return }
    guard let places = Self.places(of: columns, in: header.texts) else {
      throw client.answer.malformed(response, "a set has other columns than were asked for")
    }
    self.places = places
  }

  /// At most `limit` rows; nil behind the last one of a set that is whole.
  func next(_ limit: Int) throws(ServiceError) -> [[String]]? {
    var batch: [[String]] = []
    while batch.count < limit, let row = try row() { batch.append(try texts(row)) }
    count += batch.count
    if !batch.isEmpty { return batch }
    guard count == announced else { throw .incompleteResult("a set has \(count) rows and announced \(announced)") }
    return nil
  }

  private func texts(_ row: CSVRow) throws(ServiceError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(columns.count)
    for (column, place) in zip(columns, places) { texts.append(try column.text(row.text(place))) }
    return texts
  }

  private func row() throws(ServiceError) -> CSVRow? {
    do throws(CSVError) {
      return try reader.next()
    } catch {
      throw .incompleteResult("a set cannot be read: \(error)")
    }
  }

  /// Where each column is, by its name in any case; nil unless the two are the same columns.
  private static func places(of columns: [BulkColumn], in header: [String]) -> [Int]? {
    let names = header.map { $0.lowercased() }
    let places = columns.compactMap { names.firstIndex(of: $0.name.lowercased()) }
    return places.count == header.count && Set(places).count == header.count && places.count == columns.count
      ? places : nil
  }
}

extension CSVOptions {
  /// The options for a table that a service sends.
  static var answer: CSVOptions {
    var options = CSVOptions.table
    options.allowsInnerMarks = true
    return options
  }
}

extension JSONAnswer {
  /// Refuses an answer that cannot hold a table; an empty one may.
  func checkTable(_ response: Response) throws(ServiceError) {
    guard let type = response.headers["Content-Type"]?.lowercased() else { return }
    let media = type.split(separator: ";").first.map { $0.filter { !$0.isWhitespace } } ?? ""
    guard media == "text/csv" else {
      throw malformed(response, "it answered with \(redaction.clean(String(media))) where CSV was due")
    }
  }
}
