import JSON
import Model
import Wire

/// Reads Salesforce records by their ids, as many in one request as fit into an answer.
struct RecordLook {
  let journal: ApplyJournal

  /// The records by id, in 18 characters; one that is gone or not visible is missing.
  func records(_ object: String, ids: [String], fields: [String]) throws -> [String: JSONValue] {
    guard !ids.isEmpty else { return [:] }
    do throws(ServiceError) {
      let found = try journal.context.salesforce.retrieve(object, ids: ids, fields: fields)
      return Dictionary(
        zip(ids, found).compactMap { id, record in record.map { (id, $0) } }, uniquingKeysWith: { first, _ in first })
    } catch where error.code == .answerTooLarge && ids.count > 1 {
      // Long audit trails make large records.
      let half = ids.count / 2
      let first = try records(object, ids: Array(ids.prefix(half)), fields: fields)
      return first.merging(try records(object, ids: Array(ids.dropFirst(half)), fields: fields)) { $1 }
    } catch {
      throw Ending(error, creates: false).ofQuestion
    }
  }
}
