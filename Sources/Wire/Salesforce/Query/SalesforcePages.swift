import JSON
import Model

/// The pages of a query.
///
/// Each names the next one; the rows of all must be as many as the first announced (R117).
package struct SalesforcePages {
  /// The rows of the whole result by the service's count; nil before the first page.
  package private(set) var totalSize: Int?

  private let client: SalesforceClient
  private var target: String?
  private var seen: Set<String> = []
  private var rows = 0

  init(_ client: SalesforceClient, target: String) {
    self.client = client
    self.target = target
  }

  /// Whether the next page would lie behind the last one.
  var isComplete: Bool { target == nil }

  /// The next page; nil behind the last one of a result that is complete.
  ///
  /// After an error the rows must not be used.
  package mutating func next() throws(ServiceError) -> Page? {
    var body: [UInt8]?
    var count = 0
    try next { (page, reader) throws(JSONError) in
      while try reader.next() != nil { count += 1 }
      body = page
      return count
    }
    return body.map { Page(body: $0, count: count) }
  }

  /// Asks for the next page, if there is one, and has its rows read by `read`, which tells how many they were.
  ///
  /// So each page is scanned once, by whoever wants its rows.
  mutating func next(_ read: ([UInt8], RecordReader) throws(JSONError) -> Int) throws(ServiceError) {
    guard let target else { return }
    guard seen.insert(target).inserted else { throw incomplete("it named a next page for the second time") }
    var call = client.call(.get, target)
    call.headers.append((name: "Sforce-Query-Options", value: "batchSize=2000"))
    call.isPage = true
    let response = try client.send(call)
    guard response.isSuccess else {
      throw SalesforceError.error(response, client.answer, isWrite: false)
    }
    try client.answer.check(response)
    let reader = RecordReader(page: response.body)
    do throws(JSONError) {
      rows += try read(response.body, reader)
    } catch {
      throw client.answer.malformed(response, "it sent a page that cannot be read: \(error)")
    }
    try advance(reader, response)
  }

  private mutating func advance(_ reader: RecordReader, _ response: Response) throws(ServiceError) {
    let envelope = JSONValue.object(reader.envelope)
    guard reader.listName == "records", let total = envelope["totalSize"]?.numberText.flatMap({ Int($0) }),
      let isDone = envelope["done"]?.boolValue
    else {
      throw client.answer.malformed(response, "it answered a query with something else than rows")
    }
    guard total == totalSize ?? total else { throw incomplete("its row count changed from page to page") }
    totalSize = total
    target = try next(envelope["nextRecordsUrl"], isDone: isDone)
    if target == nil, rows != total { throw incomplete("\(rows) rows came of \(total)") }
    if rows > total { throw incomplete("more than the \(total) announced rows came") }
  }

  /// The next page's path, if it stays at the org.
  private func next(_ link: JSONValue?, isDone: Bool) throws(ServiceError) -> String? {
    switch (link ?? .null, isDone) {
    case (.null, true): return nil
    case (.string(let link), false): return try path(of: link)
    default: throw incomplete("its page does not say whether it is the last")
    }
  }

  private func path(of link: String) throws(ServiceError) -> String {
    let origin = try client.channel.origin()
    let whole = link.hasPrefix("/") ? origin + link : link
    guard let address = Address(whole) else { throw incomplete("its next link is no address") }
    guard address.origin == Address(origin)?.origin else {
      throw ServiceError(
        .salesforce, .redirectRefused, "Salesforce sent a next link to \(address.host), where nothing is sent")
    }
    guard address.path.hasPrefix("/services/data/") else { throw incomplete("its next link is no query") }
    return address.path + (address.query.isEmpty ? "" : "?" + address.query)
  }

  private func incomplete(_ what: String) -> ServiceError { .incompleteResult(what) }
}

extension ServiceError {
  /// A result of Salesforce that must not be taken for the whole (R117).
  static func incompleteResult(_ what: String) -> ServiceError {
    ServiceError(.salesforce, .snapshotIncomplete, "the result of Salesforce is incomplete: \(what)")
  }
}
