import JSON
import Model

/// Records as the CSV of an ingest job.
///
/// An empty cell leaves a field as it is and `#N/A` empties it, so that all records can share the columns of them all.
struct BulkUpload {
  /// Which of the records go into it, by their places.
  let places: [Int]
  let body: [UInt8]

  /// The uploads for the records, each of at most `limit` bytes unless a single record has more.
  static func parts(of records: [SObject], limit: Int) -> [BulkUpload] {
    let columns = columns(of: records)
    let header = Array((["Id"] + columns).joined(separator: ",").utf8) + [0x0A]
    var parts: [BulkUpload] = []
    var places: [Int] = []
    var body = header
    for (place, record) in records.enumerated() {
      let line = line(of: record, columns)
      if !places.isEmpty, body.count + line.count > limit {
        parts.append(BulkUpload(places: places, body: body))
        places = []
        body = header
      }
      places.append(place)
      body += line
    }
    if !places.isEmpty { parts.append(BulkUpload(places: places, body: body)) }
    return parts
  }

  /// Whether CSV can say what the record says.
  ///
  /// It cannot say the text `#N/A`, nor a line break that differs from the file's own, nor anything nested.
  static func holds(_ record: SObject) -> Bool {
    var names: Set<String> = ["id"]
    return record.fields.allSatisfy { field in
      guard (try? SOQL.identifier(field.name)) != nil, names.insert(field.name.lowercased()).inserted else {
        return false
      }
      switch field.value {
      case .null, .bool, .number: return true
      case .string(let text): return text != "#N/A" && !text.unicodeScalars.contains { $0 == "\r" || $0 == "\0" }
      case .array, .object: return false
      }
    }
  }

  /// All fields' names, in any case once.
  private static func columns(of records: [SObject]) -> [String] {
    var seen: Set<String> = []
    return records.flatMap(\.fields).map(\.name).filter { seen.insert($0.lowercased()).inserted }
  }

  private static func line(of record: SObject, _ columns: [String]) -> [UInt8] {
    var values: [String: JSONValue] = [:]
    for field in record.fields { values[field.name.lowercased()] = field.value }
    let cells = columns.map { values[$0.lowercased()].map(cell) ?? "" }
    return Array((["\"\(record.id ?? "")\""] + cells).joined(separator: ",").utf8) + [0x0A]
  }

  private static func cell(_ value: JSONValue) -> String {
    switch value {
    case .null, .string(""), .array, .object: "#N/A"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): PlainDecimal.spelling(text) ?? text
    case .string(let text): "\"" + text.doubling("\"") + "\""
    }
  }
}
