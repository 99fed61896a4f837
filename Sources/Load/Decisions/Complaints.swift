import CSV
import Model

/// The mistakes of one decisions file, gathered so that they are told at once.
struct Complaints {
  private let file: String
  private var messages: [String] = []
  private var isAltered = false

  /// The greatest number of mistakes that are told; the rest is counted.
  private static let shown = 50

  init(file: String) {
    self.file = file
  }

  /// A mistake at a cell, which counts from 0.
  mutating func add(_ code: Code, _ row: CSVRow, _ column: Int, _ message: String) {
    add(code, row.error(at: column, message))
  }

  /// A mistake of the file's form.
  mutating func add(_ code: Code, _ error: CSVError) {
    if code == .decisionsAltered { isAltered = true }
    messages.append(error.line == 0 ? "\(file) \(error.message)" : "\(file):\(error)")
  }

  /// Throws what was found; does nothing when there is nothing.
  func check() throws {
    guard !messages.isEmpty else { return }
    var lines = messages.prefix(Self.shown).joined(separator: "\n")
    if messages.count > Self.shown { lines += "\n… and \(messages.count - Self.shown) more" }
    throw Failure(
      isAltered ? .decisionsAltered : .decisionUnknown, lines,
      fix: "take changes.csv of the run afresh, edit the column decision only, and save it as CSV in UTF-8")
  }
}
