import CSV
import Model

/// Where the columns of a decisions file stand.
struct DecisionsHeader {
  /// The columns of the report that the file has, with their places; `decision` is among them.
  let known: [(column: Int, name: String)]
  let runID: Int
  let seq: Int
  let decision: Int

  /// Whether it has the three columns alone, and may leave rows out; with any more of the report it must have all rows.
  var isShort: Bool { known.count == 3 }

  /// Reads the first row; nil, with complaints, when a column that must be there is missing or one is there twice.
  init?(_ row: CSVRow, complaints: inout Complaints) {
    var places: [String: Int] = [:]
    var isSound = true
    for (index, name) in row.texts.enumerated() {
      if places.updateValue(index, forKey: name) != nil, ChangesReport.columns.contains(name) {
        complaints.add(.decisionUnknown, row, index, "the column \(name) is there twice")
        isSound = false
      }
    }
    for name in ["run_id", "seq", "decision"] where places[name] == nil {
      complaints.add(.decisionUnknown, row, 0, "the column \(name) is missing")
      isSound = false
    }
    guard isSound, let runID = places["run_id"], let seq = places["seq"], let decision = places["decision"] else {
      return nil
    }
    self.runID = runID
    self.seq = seq
    self.decision = decision
    known = ChangesReport.columns.compactMap { name in places[name].map { ($0, name) } }
  }
}
