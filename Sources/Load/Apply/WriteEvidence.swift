import JSON
import Model
import Wire

/// The records of writes over which an earlier process died, as they are now: read together, judged one by one.
struct WriteEvidence {
  private let records: Result<[String: JSONValue], any Error>

  /// Reads the records of these writes; an error stands for every one of them.
  init(of writes: [GuardedWrite], journal: ApplyJournal) {
    records = Result {
      var found: [String: JSONValue] = [:]
      for (object, writes) in Dictionary(grouping: writes, by: \.object).sorted(by: { $0.key < $1.key }) {
        var names = ["Id", "LastModifiedDate"]
        for name in writes.flatMap({ $0.evidence.map(\.name) }) where !names.contains(name) { names.append(name) }
        let read = try RecordLook(journal: journal).records(object, ids: writes.map(\.id), fields: names)
        found.merge(read) { $1 }
      }
      return found
    }
  }

  /// What became of a write.
  func observation(of write: GuardedWrite) throws -> Observation {
    guard let found = try records.get()[write.id] else { return .moved }
    let intended = JSONValue.object(try write.evidence.members())
    if !write.evidence.isEmpty, intended.isShown(by: found) { return .applied(Receipt()) }
    let stamp = found["LastModifiedDate"]?.stringValue ?? ""
    return write.stamp.isEmpty || stamp.isSameTime(as: write.stamp) ? .untouched : .moved
  }
}
