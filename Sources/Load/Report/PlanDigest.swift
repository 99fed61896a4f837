import Crypto
import Foundation
package import Ledger
package import Model

/// What names a plan: SHA-256 over what its rows would write and the versions that they were made from.
///
/// Two plans with the same digest make the same changes. Run id, times, decisions and outcomes do not take part, so that
/// a reviewer's decisions leave it as it is and an edited row does not.
package struct PlanDigest {
  private var hash = SHA256()
  private let encoder: JSONEncoder

  /// The digest of a plan without rows.
  package init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// Takes in the next row of the plan; rows come in the plan's order.
  package mutating func add(_ row: PlanRow) throws {
    let canonical = Canonical(seq: row.seq, key: row.key, change: row.change, versions: row.versions)
    hash.update(data: try encoder.encode(canonical))
    hash.update(data: Data([0x0A]))
  }

  /// The digest of the rows so far, 64 hexadecimal digits.
  package var text: String {
    hash.finalize().map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
  }

  /// The digest of a run's plan as the ledger holds it.
  package static func of(_ run: Int, in transaction: LedgerTransaction) throws -> String {
    var digest = PlanDigest()
    try transaction.eachRow(of: run) { row in try digest.add(row) }
    return digest.text
  }

  private struct Canonical: Encodable {
    let seq: Int
    let key: PairKey
    let change: Change
    let versions: PlanRow.Versions
  }
}
