import JSON
import Model

/// The pages of a list of referrals, one after the other: Partner Center names the next page only in the one before.
///
/// The service's own sample shows a next link without encryption and with a path that does not exist. So the query alone
/// is taken from it, once its host has been found to be the configured one (R116, R117).
package struct PartnerCenterPages {
  /// Empty pages in a row after which the list is taken for endless.
  private static let maximumEmptyPages = 20

  private let client: PartnerCenterClient
  private var query: String?
  private var seen: Set<String> = []
  private var emptyPages = 0

  init(_ client: PartnerCenterClient, query: String) {
    self.client = client
    self.query = query
  }

  /// The next page; nil behind the last one of a list that is complete.
  ///
  /// After an error the list must not be used.
  package mutating func next() throws(ServiceError) -> Page? {
    guard let query else { return nil }
    guard seen.insert(query).inserted else { throw incomplete("it sent a next link for the second time") }
    var call = client.call(.get, PartnerCenterClient.listPath + "?" + query)
    call.isPage = true
    let response = try client.channel.send(call)
    guard response.isSuccess else {
      throw PartnerCenterError.error(response, client.answer, isWrite: false)
    }
    try client.answer.check(response)
    let (page, link) = try read(response)
    emptyPages = page.count == 0 ? emptyPages + 1 : 0
    guard emptyPages <= Self.maximumEmptyPages else { throw incomplete("it sent \(emptyPages) empty pages in a row") }
    self.query = try link.map { (link) throws(ServiceError) in try Self.query(of: link, self.client) }
    return page
  }

  private func read(_ response: Response) throws(ServiceError) -> (Page, String?) {
    let reader = RecordReader(page: response.body)
    var count = 0
    do {
      while try reader.next() != nil { count += 1 }
    } catch {
      throw client.answer.malformed(response, "it sent a page that cannot be read: \(error)")
    }
    guard reader.listName?.lowercased() == "value" else {
      throw client.answer.malformed(response, "it sent a page without a list of referrals")
    }
    let page = Page(body: response.body, count: count)
    switch JSONValue.object(reader.envelope)["@odata.nextLink"] {
    case nil, .null: return (page, nil)
    case .string(let link): return (page, link)
    case .bool, .number, .array, .object:
      throw client.answer.malformed(response, "its next link is no text")
    }
  }

  /// The query of a next link, if the link stays at the service.
  private static func query(of link: String, _ client: PartnerCenterClient) throws(ServiceError) -> String {
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

  private func incomplete(_ what: String) -> ServiceError {
    ServiceError(.partnerCenter, .snapshotIncomplete, "the list of Partner Center is incomplete: \(what)")
  }
}
