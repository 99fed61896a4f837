import Foundation
import GRDB
package import Model

extension LedgerTransaction {
  /// The record that stands; nil when the newest snapshot does not hold it.
  package func record(_ kind: RecordKind, _ id: String) throws -> Model.Record? {
    try ask(.record).first([.number(kind.number), .text(id)], decode)
  }

  /// The shape of the newest snapshot's records of a kind; nil when it has none.
  package func standingShape(_ kind: RecordKind) throws -> Shape? {
    let number = try Int.fetchOne(
      database.cachedStatement(
        sql: "SELECT shape FROM record WHERE kind = ? AND end_run IS NULL ORDER BY first_run DESC LIMIT 1"),
      arguments: [kind.number])
    return try number.map { try shapes.shape($0, in: database) }
  }

  /// The standing records that are found by `partner`, by id.
  package func records(_ kind: RecordKind, partner: String) throws -> [Model.Record] {
    guard !partner.isEmpty else { return [] }
    return try ask(.recordsByPartner).all([.number(kind.number), .text(partner)], decode)
  }

  /// The standing records of a kind whose key begins with a text that ends in `|`, by id.
  package func records(_ kind: RecordKind, partnerFrom prefix: String) throws -> [Model.Record] {
    guard prefix.hasSuffix("|") else { return [] }
    let statement = try database.cachedStatement(
      sql: """
        SELECT id, shape, content FROM record INDEXED BY record_partner
        WHERE kind = ? AND partner >= ? AND partner < ? AND partner <> '' AND end_run IS NULL ORDER BY id
        """)
    // The character behind the bar ends the range.
    let end = prefix.dropLast() + "}"
    return try Row.fetchAll(statement, arguments: [kind.number, prefix, String(end)]).map(decode)
  }

  /// Every record of a kind as a run's snapshot held it, by id; any past run can be read.
  package func eachRecord(_ kind: RecordKind, asOf run: Int, _ body: (Model.Record) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, shape, content FROM record
        WHERE kind = ? AND first_run <= ? AND (end_run IS NULL OR end_run > ?) ORDER BY id
        """,
      arguments: [kind.number, run, run])
    while let row = try rows.next() {
      try body(try decode(row))
    }
  }

  func decode(_ row: Row) throws -> Model.Record {
    var content: String = row["content"]
    return Model.Record(
      id: row["id"], shape: try shapes.shape(row["shape"], in: database),
      parted: content.withUTF8 { PartedTexts(UnsafeRawBufferPointer($0)) })
  }

  /// The record of a row that begins with id, shape and content.
  func decode(_ row: Query.Row) throws -> Model.Record {
    Model.Record(
      id: row.text(0), shape: try shapes.shape(row.number(1), in: database), parted: PartedTexts(row.bytes(2)))
  }
}
