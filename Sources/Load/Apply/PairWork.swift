import JSON
import Model

/// One pair while its rows are carried out: what is known of its two records, and what became of each row so far.
final class PairWork {
  let key: PairKey
  private(set) var rows: [PlanRow]
  /// Empty until the referral exists.
  var referralID: String
  /// Empty until the opportunity exists.
  var opportunityID: String
  /// Empty when it is not known.
  var accountID = ""
  /// The referral's version: of the snapshot, then of the last answer; empty after an answer that did not tell it.
  var eTag: String
  /// What guards the opportunity.
  var stamp: OpportunityStamp
  /// Whether the opportunity was seen to be unchanged.
  var isConfirmed = false
  /// The fields of the opportunity that the pair's rows overwrite, as they were when it was seen to be unchanged.
  var overwritten: [String: JSONValue] = [:]

  /// A pair with all its rows; those that an earlier attempt did not come to are open again.
  init(_ key: PairKey, rows: [PlanRow]) {
    self.key = key
    self.rows = rows.map { row in
      var row = row
      if row.outcome == .notAttempted { row.outcome = .planned }
      return row
    }
    referralID = key.referralID
    opportunityID = key.opportunityID
    eTag = rows.first?.versions.referral ?? ""
    stamp = key.opportunityID.isEmpty ? .latest : .snapshot
  }

  /// What no two pairs may write to at a time: the records that it begins with.
  var records: [String] {
    [key.referralID, key.opportunityID].filter { !$0.isEmpty }.map { $0.lowercased() }
  }

  /// The rows that are still to be written, in the plan's order, with what each sends.
  var open: [(row: PlanRow, effect: Effect)] {
    rows.compactMap { row in row.isOpen ? row.effect.map { (row, $0) } : nil }
  }

  /// The numbers of the open rows of which `isIncluded` is true.
  func open(where isIncluded: (Effect) -> Bool) -> [Int] {
    open.filter { isIncluded($0.effect) }.map(\.row.seq)
  }

  /// Whether somebody changed a record of that side after the snapshot: then nothing more is written there (R111).
  func isStale(_ side: Side) -> Bool {
    rows.contains { $0.outcome == .stale && $0.target == side }
  }

  /// The row of that number.
  func row(_ seq: Int) -> PlanRow? {
    rows.first { $0.seq == seq }
  }

  /// Replaces a row by what became of it.
  func replace(_ row: PlanRow) {
    guard let index = rows.firstIndex(where: { $0.seq == row.seq }) else { return }
    rows[index] = row
  }
}

extension PlanRow {
  /// What the decision sends; nil when it sends nothing.
  var effect: Effect? { settlement?.effect }

  /// Whether it is still to be written.
  var isOpen: Bool { outcome == .planned && settlement != nil }

  /// The side that is written: a conflict's choice may write the other one than the row's direction says.
  var target: Side { change.target(decided: decision) }
}

extension Effect {
  /// Whether it is the pair's mark, which follows from the other rows.
  var isMark: Bool {
    if case .mark = self { true } else { false }
  }
}
