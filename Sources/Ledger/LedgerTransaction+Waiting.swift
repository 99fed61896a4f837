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
  package func waitingRows(of run: RunEntry) throws -> WaitingRows {
    var waiting = WaitingRows()
    var names: Set<String> = []
    try eachRow(of: run.number) { row in
      guard row.outcome == .held || row.outcome == .planned else { return }
      waiting.digests.insert(Self.digest(row))
      if names.insert(row.name).inserted { waiting.names.append(row.name) }
    }
    return waiting
  }

  private static func digest(_ row: PlanRow) -> String {
    let parts = [row.key.referralID, row.key.opportunityID, row.change.action.rawValue, row.change.field]
    return String(SHA256.hash(data: Data(PartedText.join(parts).utf8)).hexadecimal.prefix(16))
  }
}
