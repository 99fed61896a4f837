import Foundation
import GRDB
import Model

/// Writes down a kind's records in the order in which its source gave them, a page at a time.
///
/// The next run goes along that order. A page that is as it was is not written again.
final class KnownRecordList {
  /// How many records stand on a page.
  static let pageSize = 4096

  private let database: Database
  private let kind: RecordKind
  private var page: [UInt8] = []
  private var pages = 0
  /// Whether each record of the source stands in it, as it was read.
  private(set) var isWhole = true

  init(_ kind: RecordKind, in database: Database) {
    self.kind = kind
    self.database = database
    page.reserveCapacity(Self.pageSize * KnownRecord.size)
  }

  /// Adds the next record; nil for one that cannot be known by its bytes.
  func add(_ record: KnownRecord?) throws {
    guard isWhole else { return }
    guard let record, record.isStorable else { return giveUp() }
    record.write(to: &page)
    if page.count == Self.pageSize * KnownRecord.size { try writePage() }
  }

  /// Keeps nothing of the list: a record of it may not be what stands in the ledger.
  func giveUp() {
    isWhole = false
    page = []
  }

  /// Writes what is left and removes what the last list had beyond it, or all of it where it was given up.
  func finish() throws {
    if isWhole, !page.isEmpty { try writePage() }
    try Self.remove(kind, from: isWhole ? pages : 0, in: database)
  }

  /// Removes a kind's pages from one on.
  static func remove(_ kind: RecordKind, from page: Int, in database: Database) throws {
    try database.cachedStatement(sql: "DELETE FROM known_record WHERE number >= ? AND number < ?").execute(arguments: [
      number(kind, page), number(kind, 0) + (1 << 32),
    ])
  }

  /// The number of a page in the ledger.
  static func number(_ kind: RecordKind, _ page: Int) -> Int64 { Int64(kind.number) << 32 + Int64(page) }

  private func writePage() throws {
    let number = Self.number(kind, pages)
    let content = Data(page)
    let known = try Data.fetchOne(
      database.cachedStatement(sql: "SELECT records FROM known_record WHERE number = ?"), arguments: [number])
    if known != content {
      try database.cachedStatement(sql: "INSERT OR REPLACE INTO known_record VALUES (?, ?)").execute(arguments: [
        number, content,
      ])
    }
    pages += 1
    page.removeAll(keepingCapacity: true)
  }
}
