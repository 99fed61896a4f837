import GRDB
import GRDBSQLite
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One line of the reconciliation as the ledger holds it: the bytes of its columns.
///
/// It lives as long as the call that it was handed to.
package struct VerdictTexts {
  /// The columns, in the order of the report.
  package enum Column: Int, CaseIterable {
    case standing, referral, opportunity, name, category, status, stage, code, reason, changes
  }

  fileprivate let statement: OpaquePointer

  /// The UTF-8 of a column's text; a number is one in decimal digits.
  package subscript(column: Column) -> UnsafeRawBufferPointer { self[column.rawValue] }

  /// The UTF-8 of the column at a place in the order of the report.
  package subscript(place: Int) -> UnsafeRawBufferPointer {
    let text = sqlite3_column_blob(statement, CInt(place))
    return UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, CInt(place))))
  }
}

extension LedgerTransaction {
  /// Every pair and every record alone, each once, by referral and opportunity id, without making texts of its bytes.
  ///
  /// - Throws: `Failure` with `ledgerUnreadable` where a line stands at a place, or for a reason, that this release does not
  ///   know.
  package func eachVerdictTexts(_ body: (VerdictTexts) throws -> Void) throws {
    let columns = VerdictTexts.Column.allCases.map { "\($0)" }.joined(separator: ", ")
    let statement = try database.cachedStatement(sql: "SELECT \(columns) FROM verdict ORDER BY referral, opportunity")
    let rows = try Row.fetchCursor(statement)
    let texts = VerdictTexts(statement: statement.sqliteStatement)
    var standing = FamiliarWord { Standing(rawValue: $0) != nil }
    var code = FamiliarWord { Code(rawValue: $0) != nil }
    while try rows.next() != nil {
      guard standing.knows(texts[.standing]), code.knows(texts[.code]) else { throw Self.unknownVerdict }
      try body(texts)
    }
  }
}

/// A column of words of which most are like the one above them, so that few have to be looked up.
private struct FamiliarWord {
  private var last: [UInt8] = []
  private let isKnown: (String) -> Bool

  init(_ isKnown: @escaping (String) -> Bool) { self.isKnown = isKnown }

  /// Whether the next word of the column is a known one.
  mutating func knows(_ word: UnsafeRawBufferPointer) -> Bool {
    if word.count == last.count, let start = word.baseAddress, memcmp(start, last, last.count) == 0 { return true }
    guard isKnown(String(decoding: word, as: UTF8.self)) else { return false }
    last = Array(word)
    return true
  }
}
