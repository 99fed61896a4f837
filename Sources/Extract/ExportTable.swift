import CSV
import Foundation
import Model

/// One exported CSV file of Salesforce: a header of API names, one record a row.
struct ExportTable: ~Copyable {
  private let path: String
  private var reader: CSVReader
  private let header: [String: Int]

  /// Opens the file and reads its header; nil when there is no such file.
  ///
  /// - Throws: `Failure` with `exportUnreadable`.
  init?(_ name: String, in folder: String) throws {
    let path = (folder as NSString).appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    var header: [String: Int] = [:]
    let opened: CSVReader
    do {
      var reader = try CSVReader(path: path, options: .table)
      guard let first = try reader.next() else {
        throw Failure(.exportUnreadable, "\(path) is empty", fix: "export it again with a header row of API names")
      }
      for (index, title) in first.texts.enumerated() { header[title.trimmed.lowercased()] = index }
      opened = reader
    } catch let error as CSVError {
      throw Self.failure(error, path)
    }
    self.path = path
    self.header = header
    reader = opened
  }

  /// Where a column stands; nil when the file has none of that name.
  func position(of column: String) -> Int? { header[column.lowercased()] }

  /// Reads every row's texts at the given positions; an absent column gives empty text.
  mutating func forEach(_ positions: [Int?], _ body: ([String], Int) throws -> Void) throws {
    do {
      while let row = try reader.next() {
        try body(positions.map { position in position.map { $0 < row.count ? row.text($0) : "" } ?? "" }, row.line)
      }
    } catch let error as CSVError {
      throw Self.failure(error, path)
    }
  }

  /// Reads every row's texts by column name.
  mutating func forEach(columns: [String], _ body: ([String], Int) throws -> Void) throws {
    try forEach(columns.map { position(of: $0) }, body)
  }

  private static func failure(_ error: CSVError, _ path: String) -> Failure {
    Failure(
      .exportUnreadable, "\(path):\(error.line):\(error.column): \(error.message)",
      fix: "take the export again; a file that ends early or is damaged is never read as a shorter list")
  }
}
