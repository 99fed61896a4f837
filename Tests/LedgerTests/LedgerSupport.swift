import Foundation
import GRDB
import Ledger
import Model

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The ledger's path in a folder of its own.
  var ledger: String { path + "/state/ledger.sqlite" }
}

enum Shapes {
  static let referral = Shape(kind: .referral, columns: ["id", "name"])
  static let opportunity = Shape(kind: .opportunity, columns: ["Id", "Name"])
}

extension SnapshotRow {
  /// A row of an id and a name, with a digest over both.
  static func of(_ id: String, _ name: String, partner: String = "") -> SnapshotRow {
    var hashes: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4]
    for byte in (id + "|" + name).utf8 {
      for index in hashes.indices {
        hashes[index] = (hashes[index] ^ UInt64(byte)) &* (0x100_0000_01B3 + UInt64(index) * 2)
      }
    }
    let digest = hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }
    return SnapshotRow(id: id, partner: partner, digest: Data(digest), content: "\(id)\u{1F}\(name)")
  }
}

extension LedgerTransaction {
  /// Opens the run of a night.
  func open(night: Int) throws -> Int {
    let name = String(format: "2026%04dT080000Z-abcd", night)
    guard let id = RunID(name) else { throw Failure(.runUnknown, name) }
    return try openRun(id, kind: "plan", started: "2026-11-02T08:00:00Z", mapping: "m")
  }

  /// Writes one kind's snapshot.
  @discardableResult
  func take(_ rows: [SnapshotRow], _ shape: Shape = Shapes.referral, run: Int) throws -> SnapshotCount {
    let writer = try snapshot(shape, run: run)
    for row in rows { try writer.add(row) }
    return try writer.finish()
  }
}

extension LedgerFile {
  /// One night: both snapshots in one transaction.
  @discardableResult
  func night(
    _ number: Int, _ referrals: [SnapshotRow], _ opportunities: [SnapshotRow] = []
  ) throws -> [SnapshotCount] {
    try write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: number)
      return [
        try transaction.take(referrals, run: run), try transaction.take(opportunities, Shapes.opportunity, run: run),
      ]
    }
  }

  /// Name by id of a run's snapshot.
  func names(_ kind: RecordKind = .referral, asOf run: Int) throws -> [String: String] {
    try read { transaction in
      var result: [String: String] = [:]
      try transaction.eachRecord(kind, asOf: run) { result[$0.id] = $0["name"] }
      return result
    }
  }
}

/// What a body fails with; nil when it does not, or not with a `Failure`.
func failure(_ body: () throws -> Void) -> Failure? {
  do {
    try body()
    return nil
  } catch {
    return error as? Failure
  }
}

/// Every row of every table of a ledger, read past it.
func dump(_ path: String) throws -> [String] {
  try DatabaseQueue(path: path).read { database in
    let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return try tables.flatMap { table in
      try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map { "\(table): \($0)" }.sorted()
    }
  }
}

/// One number out of a ledger, read past it.
func number(_ sql: String, in path: String) throws -> Int {
  try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: sql) ?? 0 }
}
