import Crypto
import Foundation
import Model

/// One request that changes something, with the rows that it carries out.
struct Operation {
  /// Its name within the pair; together with the pair it makes the key.
  let step: String
  /// What is sent, in words.
  let what: String
  /// The side that is written.
  let side: Side
  /// The rows that share its fate.
  let rows: [Int]
  /// Rows that are done when it is acknowledged, and are decided elsewhere when it is not.
  var rowsWhenApplied: [Int] = []
  /// Whether its rows are done with it; false for a step on the way, whose acknowledgment leaves them open.
  var isFinal = true
  /// Whether it makes a record, so that a repeat could make a second one.
  var creates = false

  init(_ step: String, _ side: Side, rows: [Int], _ what: String) {
    self.step = step
    self.side = side
    self.rows = rows
    self.what = what
  }

  /// A step on the way to a new record.
  static func creating(_ step: String, _ side: Side, rows: [Int], _ what: String, isFinal: Bool) -> Operation {
    var operation = Operation(step, side, rows: rows, what)
    operation.creates = true
    operation.isFinal = isFinal
    return operation
  }

  /// The key under which every attempt at it is journaled.
  func key(of pair: PairKey, run: RunID, lineage: String) -> String {
    let text = [lineage, run.text, pair.referralID, pair.opportunityID, step].joined(separator: "\u{1F}")
    return SHA256.hash(data: Data(text.utf8)).prefix(16).hexadecimal
  }
}

/// What an acknowledged request gave.
struct Receipt {
  /// What later steps need: a new record's id, a new version.
  var result = ""
  var status: Int?
  var requestID = ""
  /// Whether the values of the rows are known to stand, so that the base may move.
  var provesValues = true
}

/// What a look at the record told of a request whose answer was lost with an earlier process.
enum Observation {
  /// The record shows what was to be written.
  case applied(Receipt)
  /// The record is as it was.
  case untouched
  /// Somebody changed it.
  case moved
}
