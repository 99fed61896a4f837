import Foundation
import GRDB
package import Model

/// What the ledger held before this run: by it a source tells which records need not be read again.
///
/// It is read over a connection of its own, by any thread, while the run writes over the ledger's.
package struct Recollection: Sendable {
  private let path: String?
  private let seed: UInt64

  /// Nothing: every record has to be read.
  package static let nothing = Recollection(path: nil, seed: 0)

  init(path: String?, seed: UInt64) {
    self.path = path
    self.seed = seed
  }

  /// The fingerprint of a record's bytes.
  package func fingerprint(of bytes: UnsafeRawBufferPointer) -> Fingerprint { Fingerprint(of: bytes, seed: seed) }

  /// The records of a kind that were read in a form, in the order in which they came.
  ///
  /// None when the last snapshot was read in another form: the same bytes would be another record then.
  package func records(_ kind: RecordKind, in form: String) throws -> KnownRecords {
    guard let path else { return KnownRecords(kind, in: nil) }
    let queue = try LedgerFile.reader(at: path)
    let known = try queue.read { database in
      try String.fetchOne(database, sql: "SELECT form FROM snapshot WHERE kind = ?", arguments: [kind.number])
    }
    return KnownRecords(kind, in: known == form && !form.isEmpty ? queue : nil)
  }
}

/// The records of a kind as the ledger knows them by their bytes, page by page.
package struct KnownRecords {
  private let kind: RecordKind
  private let queue: DatabaseQueue?
  private var page = 0

  fileprivate init(_ kind: RecordKind, in queue: DatabaseQueue?) {
    self.kind = kind
    self.queue = queue
  }

  /// The next records; none behind the last.
  package mutating func next() throws -> [KnownRecord] {
    guard let queue else { return [] }
    let number = KnownRecordList.number(kind, page)
    page += 1
    let content = try queue.read { database in
      try Data.fetchOne(
        database.cachedStatement(sql: "SELECT records FROM known_record WHERE number = ?"), arguments: [number])
    }
    return content?.withUnsafeBytes { bytes in
      stride(from: 0, through: bytes.count - KnownRecord.size, by: KnownRecord.size).map { KnownRecord(bytes, at: $0) }
    } ?? []
  }
}

extension LedgerTransaction {
  /// What the ledger held before this transaction; nothing for a ledger that lies in no file, or for which nothing vouches.
  package func recollection() throws -> Recollection {
    guard trustsCounts else { return Recollection(path: nil, seed: Self.seed(of: try lineage())) }
    let path = try String.fetchOne(database, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'") ?? ""
    return Recollection(path: path.isEmpty ? nil : path, seed: Self.seed(of: try lineage()))
  }

  /// A number out of the ledger's random name.
  private static func seed(of lineage: String) -> UInt64 {
    UInt64(lineage.filter(\.isHexDigit).suffix(16), radix: 16) ?? 0
  }
}
