import CCurl
import Foundation
import JSON
import Model

extension SalesforceClient {
  /// Re-reads the records, leaves those alone that somebody has changed, and changes the others; one result for each, in
  /// order.
  ///
  /// A record whose `LastModifiedDate` is not the expected one, to the second, is `.staleRecord` (R111), one that is not
  /// found `.recordGone`, and the others go on (R112). 2,000 ids are re-read by one request. Changes go out in
  /// collections of 200, or, from `bulkWriteThreshold` records of one object on, in a Bulk API 2.0 job. A change between
  /// the re-reading and the write passes unnoticed, unlike with `guardedUpdates`, which cost eight times as many requests.
  package func rereadUpdates(_ updates: [GuardedUpdate]) -> [Result<RowAnswer, ServiceError>] {
    var seen: Set<String> = []
    return eachValid(updates) { (update) throws(ServiceError) in
      let expected = try Expected(update, object: try name(update.record.object))
      guard seen.insert(String(expected.id.prefix(15))).inserted else {
        throw ServiceError(.salesforce, .requestRefused, "the record \(expected.id) is to be changed twice at a time")
      }
      return expected
    } send: { expected in
      changeUnchanged(expected)
    }
  }

  private func changeUnchanged(_ updates: [Expected]) -> [Result<RowAnswer, ServiceError>] {
    let objections = objections(to: updates)
    var changes = change(zip(updates, objections).compactMap { $1 == nil ? $0.record : nil })[...]
    return objections.map { objection in
      if let objection { return .failure(objection) }
      return changes.popFirst() ?? .failure(ServiceError(.salesforce, .outcomeUnknown, "no result came"))
    }
  }

  /// Why each record must not be changed; nil for one that is as expected.
  private func objections(to updates: [Expected]) -> [ServiceError?] {
    var objections = [ServiceError?](repeating: nil, count: updates.count)
    for places in Self.grouped(updates.map(\.record)) {
      do throws(ServiceError) {
        let found = try retrieve(
          updates[places[0]].record.object, ids: places.map { updates[$0].id }, fields: ["LastModifiedDate"])
        for (place, record) in zip(places, found) { objections[place] = updates[place].objection(to: record) }
      } catch {
        for place in places { objections[place] = error }
      }
    }
    return objections
  }

  private func change(_ records: [SObject]) -> [Result<RowAnswer, ServiceError>] {
    var results = records.map { _ in Result<RowAnswer, ServiceError>.failure(.noResult("the record")) }
    var few: [Int] = []
    for places in Self.grouped(records) {
      guard places.count >= bulkWriteThreshold else {
        few += places
        continue
      }
      let answers = BulkIngest(self).update(places.map { records[$0] })
      for (place, answer) in zip(places, answers) { results[place] = answer }
    }
    for (place, answer) in zip(few, updateMany(few.map { records[$0] })) { results[place] = answer }
    return results
  }

  /// The places of each object's records.
  private static func grouped(_ records: [SObject]) -> [[Int]] {
    var objects: [String] = []
    var places: [String: [Int]] = [:]
    for (place, record) in records.enumerated() {
      if places[record.object] == nil { objects.append(record.object) }
      places[record.object, default: []].append(place)
    }
    return objects.compactMap { places[$0] }
  }
}

extension ServiceError {
  /// What became of a write of which the answer does not tell.
  static func noResult(_ what: String, details: Details = Details()) -> ServiceError {
    ServiceError(.salesforce, .outcomeUnknown, "Salesforce gave no single result for \(what)", details: details)
  }
}

/// An update and the second in which its record must have been modified last.
private struct Expected {
  let record: SObject
  let id: String
  let second: Int

  init(_ update: GuardedUpdate, object: String) throws(ServiceError) {
    guard let id = update.record.id, SalesforceID.normalized(id) != nil else {
      throw ServiceError(.salesforce, .requestRefused, "an update of \(object) names no Salesforce id")
    }
    let second = curl_getdate(update.unmodifiedSince, nil)
    guard second >= 0 else {
      throw ServiceError(.salesforce, .requestRefused, "an update of \(object) \(id) names no HTTP date")
    }
    record = update.record
    self.id = id
    self.second = second
  }

  /// Why the record must not be changed, by what was found of it.
  func objection(to found: JSONValue?) -> ServiceError? {
    guard let found else {
      return ServiceError(.salesforce, .recordGone, "Salesforce does not find the record \(id)")
    }
    guard let date = found["LastModifiedDate"]?.stringValue.flatMap(Timestamp.parse) else {
      return ServiceError(.salesforce, .malformedAnswer, "Salesforce does not tell when \(id) was modified last")
    }
    guard Int(date.timeIntervalSince1970.rounded(.down)) == second else {
      return ServiceError(.salesforce, .staleRecord, "the record \(id) was modified after the snapshot")
    }
    return nil
  }
}
