import CFloor

/// What reading and parsing one exported file once by the bare libraries found.
struct Floor: CustomStringConvertible {
  let bytes: Int
  let records: Int
  let cells: Int

  /// The file that was not read to its end, and why.
  struct Stopped: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a CSV file by libcsv in strict mode.
  static func csv(_ path: String) throws -> Floor { try Floor(floor_csv(path), of: path) }

  /// Reads an export with one record a line by simdjson.
  static func json(_ path: String) throws -> Floor { try Floor(floor_json(path), of: path) }

  private init(_ count: floor_count, of path: String) throws {
    if let fault = count.fault { throw Stopped(description: "\(path): \(String(cString: fault))") }
    bytes = Int(count.bytes)
    records = Int(count.records)
    cells = Int(count.cells)
  }

  var description: String { "\(bytes) bytes, \(records) records" + (cells > 0 ? ", \(cells) cells" : "") }
}
