import Model

/// Why a row cannot be taken back by the tool.
struct UndoObstacle: Error {
  let code: Code
  let text: String
  /// The values that both sides hold now, as far as they were looked at.
  var values = Change.Values()

  init(_ code: Code, _ text: String, values: Change.Values = Change.Values()) {
    self.code = code
    self.text = text
    self.values = values
  }
}
