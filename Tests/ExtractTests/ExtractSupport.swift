import Extract
import Foundation
import Ledger
import Model

/// A folder of exported files that goes when the test is over.
final class ExportFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("export-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: Data) throws {
    try bytes.write(to: URL(fileURLWithPath: path + "/" + name))
  }
}

/// What a source handed over.
final class Collected {
  var rows: [RecordKind: [SnapshotRow]] = [:]

  /// Reads a whole source.
  init(_ source: some SnapshotSource) throws {
    try source.read(recalling: .nothing) { [self] batch in rows[batch.kind, default: []] += batch.rows }
  }

  func ids(_ kind: RecordKind) -> [String] { rows[kind, default: []].map(\.id) }

  /// The texts of a kind's rows by column.
  func texts(_ kind: RecordKind, _ shape: Shape?) -> [[String: String]] {
    rows[kind, default: []].map { row in
      let values = PartedText.split(row.content)
      let record = Record(id: row.id, shape: shape ?? Shape(kind: kind, columns: []), values: values)
      return Dictionary(uniqueKeysWithValues: record.shape.columns.map { ($0, record[$0]) })
    }
  }
}

/// The failure that a body throws; nil when it throws none.
func failure(_ body: () throws -> Void) -> Failure? {
  do {
    try body()
    return nil
  } catch {
    return error as? Failure
  }
}

enum Columns {
  static let referral = Shape(
    kind: .referral, columns: ["id", "organizationId", "externalReferenceId", "name", "details.dealValue"])

  static let shapes = SnapshotShapes(
    referral: referral,
    opportunity: Shape(
      kind: .opportunity,
      columns: [
        "Id", "Name", "AccountId", "Account.Name", "Account.BillingCountry", "Amount", "CurrencyIsoCode",
        "Referral_Identifier__c", SnapshotShapes.contactsColumn, SnapshotShapes.solutionsColumn,
      ]),
    optional: ["CurrencyIsoCode", "Account.Phone"], readsAll: true,
    fields: (sync: "Sync_With_Partner_Center__c", referral: "Referral_Identifier__c"))
}

/// A source in memory that may fail.
struct FakeSource: SnapshotSource {
  var side: Side = .partnerCenter
  var shapes: [Shape] { [Shape(kind: kind, columns: ["id"])] }
  var batches = 1
  var failsAfter: Int?
  var code = Code.snapshotIncomplete

  private var kind: RecordKind { side == .partnerCenter ? .referral : .opportunity }

  func read(recalling _: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    for number in 0..<batches {
      if failsAfter == number { throw Failure(code, "cut off") }
      let rows = (0..<10).map { index in
        let id = "\(side.rawValue)-\(number)-\(index)"
        return SnapshotRow(id: id, partner: "", digest: Data(id.utf8.suffix(16)), content: id)
      }
      try sink(SnapshotBatch(kind: kind, rows: rows))
    }
    if failsAfter == batches { throw Failure(code, "cut off") }
  }
}
