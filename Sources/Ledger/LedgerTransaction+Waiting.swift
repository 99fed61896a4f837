import Crypto
import Foundation
import GRDB
import Model

/// The rows of a plan that wait for a person.
package struct WaitingRows: Sendable, Hashable {
  /// A digest for each row, from the pair, the action and the field: the same row of the next plan has the same.
  package fileprivate(set) var digests: Set<String> = []
  /// The names of the deals, in the order of the plan, each once.
  package fileprivate(set) var names: [String] = []
}

extension LedgerTransaction {
  /// The rows of a run that wait for a person: those that were held, and those that nobody has begun to write.
  ///
  /// SQLite takes the few texts out of each row: that is many times quicker than reading whole rows.
  package func waitingRows(of run: RunEntry) throws -> WaitingRows {
    var waiting = WaitingRows()
    var names: Set<String> = []
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT referral, opportunity, action, field, name FROM change
          WHERE run = ? AND outcome IN ('held', 'planned') ORDER BY seq
          """),
      arguments: [run.number])
    while let row = try rows.next() {
      waiting.digests.insert(Self.digest([row["referral"], row["opportunity"], row["action"], row["field"]]))
      let name: String = row["name"]
      if names.insert(name).inserted { waiting.names.append(name) }
    }
    return waiting
  }

  private static func digest(_ parts: [String]) -> String {
    String(SHA256.hash(data: Data(PartedText.join(parts).utf8)).hexadecimal.prefix(16))
  }
}
