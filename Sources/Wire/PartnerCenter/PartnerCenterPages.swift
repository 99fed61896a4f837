import JSON
import Model

/// The pages of a list of referrals, one after the other, as the service sent them.
package struct PartnerCenterPages {
  private var walk: PageWalk

  init(_ client: PartnerCenterClient, query: String) {
    walk = PageWalk(client, query: query)
  }

  /// The next page; nil behind the last one of a list that is complete.
  ///
  /// After an error the list must not be used.
  package mutating func next() throws(ServiceError) -> Page? {
    var count = 0
    let response = try walk.next { (reader) throws(JSONError) in
      while try reader.next() != nil { count += 1 }
      return count
    }
    return response.map { Page(body: $0.body, count: count) }
  }
}
