package import JSON
import Model

/// A list of referrals, page by page, each referral once.
///
/// The service promises no picture of one moment: while it is read, records may move from page to page. So a referral
/// that came already is left out by its id, and a list that ends before it has given as many as it announced is refused
/// (R117).
package struct ReferralPages {
  private var walk: PageWalk
  private var ids: Set<String> = []

  init(_ client: PartnerCenterClient, query: String) {
    walk = PageWalk(client, query: query)
  }

  /// The texts at the projector's paths of each referral of the next page that has not come before; nil behind the last
  /// page of a list that is complete.
  ///
  /// `id` must be among the paths. Referrals are told apart by it without regard to case; its text is left as it came.
  /// After an error nothing of the list may be used.
  ///
  /// - Throws: `ServiceError`; of a referral without an id one with `recordWithoutID`.
  package mutating func next(_ projector: RecordProjector) throws(ServiceError) -> [[String]]? {
    guard let id = projector.paths.firstIndex(where: { $0.lowercased() == "id" }) else {
      throw ServiceError(.partnerCenter, .requestRefused, "referrals cannot be told apart without the path id")
    }
    return try page(id: { $0[id] }) { (reader, records) throws(JSONError) in
      var texts: [String] = []
      while try reader.next(with: projector, into: &texts) { records.append(texts) }
    }
  }

  /// The referrals themselves of the next page, by the same rules.
  mutating func nextRecords() throws(ServiceError) -> [JSONValue]? {
    try page(id: { $0["id"]?.stringValue ?? "" }) { (reader, records) throws(JSONError) in
      while let record = try reader.next() {
        do throws(JSONError) {
          records.append(try JSONValue(parsing: record))
        } catch {
          throw error.shifted(by: reader.recordOffset)
        }
      }
    }
  }

  private mutating func page<Record>(
    id: (Record) -> String, _ read: (RecordReader, inout [Record]) throws(JSONError) -> Void
  ) throws(ServiceError) -> [Record]? {
    var records: [Record] = []
    let response = try walk.next { (reader) throws(JSONError) in
      try read(reader, &records)
      return records.count
    }
    guard response != nil else {
      if let total = walk.total, ids.count < total {
        throw walk.incomplete("\(ids.count) referrals came of \(total)")
      }
      return nil
    }
    var fresh: [Record] = []
    fresh.reserveCapacity(records.count)
    for record in records {
      let id = id(record)
      guard !id.isEmpty else {
        throw ServiceError(
          .partnerCenter, .recordWithoutID, "Partner Center sent a referral without an id",
          fix: "without an id nothing can be matched; report it to Microsoft with the time of the run")
      }
      if ids.insert(id.lowercased()).inserted { fresh.append(record) }
    }
    guard !fresh.isEmpty || records.isEmpty else {
      throw walk.incomplete("it sent a page on which every referral had come before")
    }
    return fresh
  }
}
