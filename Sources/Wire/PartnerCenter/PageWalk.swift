import JSON
import Model

/// Steps from page to page of a list of referrals: Partner Center names the next page only in the one before.
///
/// The service's own sample shows a next link without encryption and with a path that does not exist. So the query alone
/// is taken from it, once its host has been found to be the configured one (R116, R117).
struct PageWalk {
  /// Empty pages in a row after which the list is taken for endless.
  private static let maximumEmptyPages = 20
  /// Pages after which the list is taken for endless, whatever is on them: at 100 a page, two million referrals.
  private static let maximumPages = 20_000

  let client: PartnerCenterClient
  /// How many records the first page says there are; nil where it says none, or only how many are on it.
  private(set) var total: Int?

  private var query: String?
  private var seen: Set<String> = []
  private var emptyPages = 0

  init(_ client: PartnerCenterClient, query: String) {
    self.client = client
    self.query = query
  }

  /// Fetches the next page, has `read` take its records and tell their number, and checks what is around them; nil
  /// behind the last page.
  ///
  /// After an error the list must not be used.
  mutating func next(
    _ read: (RecordReader) throws(JSONError) -> Int
  ) throws(ServiceError) -> Response? {
    guard let query else { return nil }
    guard seen.insert(query).inserted else { throw incomplete("it sent a next link for the second time") }
    guard seen.count <= Self.maximumPages else { throw incomplete("it did not end after \(Self.maximumPages) pages") }
    var call = client.call(.get, PartnerCenterClient.listPath + "?" + query)
    call.isPage = true
    let response = try client.channel.send(call)
    guard response.isSuccess else {
      throw PartnerCenterError.error(response, client.answer, isWrite: false)
    }
    try client.answer.check(response)
    let reader = RecordReader(page: response.body)
    let count: Int
    do {
      count = try read(reader)
    } catch {
      throw client.answer.malformed(response, "it sent a page that cannot be read: \(error)")
    }
    try follow(reader, count: count, response)
    return response
  }

  /// An error of a list that ended in disorder.
  func incomplete(_ what: String) -> ServiceError {
    ServiceError(.partnerCenter, .snapshotIncomplete, "the list of Partner Center is incomplete: \(what)")
  }

  private mutating func follow(_ reader: RecordReader, count: Int, _ response: Response) throws(ServiceError) {
    guard reader.listName?.lowercased() == "value" else {
      throw client.answer.malformed(response, "it sent a page without a list of referrals")
    }
    emptyPages = count == 0 ? emptyPages + 1 : 0
    guard emptyPages <= Self.maximumEmptyPages else { throw incomplete("it sent \(emptyPages) empty pages in a row") }
    let envelope = JSONValue.object(reader.envelope)
    if seen.count == 1, let announced = envelope["@odata.count"]?.numberText.flatMap({ Int($0) }), announced > count {
      total = announced
    }
    switch envelope["@odata.nextLink"] {
    case nil, .null: query = nil
    case .string(let link): query = try query(of: link)
    case .bool, .number, .array, .object:
      throw client.answer.malformed(response, "its next link is no text")
    }
  }

  /// The query of a next link, if the link stays at the service.
  private func query(of link: String) throws(ServiceError) -> String {
    let origin = try client.origin()
    guard let link = Address(link), let own = Address(origin) else {
      throw ServiceError(.partnerCenter, .malformedAnswer, "Partner Center sent a next link that is no address")
    }
    guard link.host == own.host, !link.hasPort || link.port == own.port || link.isDefaultPort else {
      throw ServiceError(
        .partnerCenter, .redirectRefused, "Partner Center sent a next link to \(link.host), where nothing is sent")
    }
    guard !link.query.isEmpty else {
      throw ServiceError(.partnerCenter, .malformedAnswer, "Partner Center sent a next link without a query")
    }
    return link.query
  }
}
