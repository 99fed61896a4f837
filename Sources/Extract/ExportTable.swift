import CSV
import Foundation
import Model

/// One exported CSV file of Salesforce: a header of API names, one record a row.
struct ExportTable: ~Copyable {
  private let path: String
  private var reader: CSVReader
  private let header: [String: Int]
  /// The titles as they stand in the file.
  let titles: [String]

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
      guard let first = try reader.next(seeing: { _ in }) else {
        throw Failure(.exportUnreadable, "\(path) is empty", fix: "export it again with a header row of API names")
      }
      for (index, title) in first.texts.enumerated() { header[title.trimmed.lowercased()] = index }
      titles = first.texts
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
        try body(Self.texts(of: row, at: positions), row.line)
      }
    } catch let error as CSVError {
      throw Self.failure(error, path)
    }
  }

  /// The next row, whose bytes `see` is shown; nil behind the last.
  mutating func next(seeing see: (UnsafeRawBufferPointer) -> Void) throws -> CSVRow? {
    do {
      return try reader.next(seeing: see)
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// Steps over the next row if it has so many bytes and they are known.
  mutating func pass(_ count: Int, if isKnown: (UnsafeRawBufferPointer) -> Bool) throws -> Bool {
    do {
      return try reader.pass(count, if: isKnown)
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// Reads every row's texts by column name.
  mutating func forEach(columns: [String], _ body: ([String], Int) throws -> Void) throws {
    try forEach(columns.map { position(of: $0) }, body)
  }

  /// A row's texts at the given positions; an absent column gives empty text.
  static func texts(of row: CSVRow, at positions: [Int?]) -> [String] {
    positions.map { position in position.map { row.text($0) } ?? "" }
  }

  private static func failure(_ error: CSVError, _ path: String) -> Failure {
    Failure(
      .exportUnreadable, "\(path):\(error.line):\(error.column): \(error.message)",
      fix: "take the export again; a file that ends early or is damaged is never read as a shorter list")
  }
}
