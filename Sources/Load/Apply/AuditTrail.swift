import Model

/// The audit field of an opportunity: what each run did, newest first (R106).
enum AuditTrail {
  /// The longest text that the field takes; the oldest entries are cut (R107).
  static let limit = 100_000
  private static let messageLimit = 500

  /// The trail with a new entry in front.
  static func adding(_ entry: String, to trail: String) -> String {
    let text = trail.isEmpty ? entry : entry + "\n" + trail
    guard text.utf16.count > limit else { return text }
    var length = 0
    let kept = text.prefix { character in
      length += character.utf16.count
      return length <= limit
    }
    // A half entry at the end says less than none.
    guard let end = kept.lastIndex(of: "\n") else { return String(kept) }
    return String(kept[..<end])
  }

  /// An entry: why an opportunity that is ticked was not shared (R25).
  static func entry(notShared problem: String, run: RunID, at time: String) -> String {
    "\(time) run \(run): not shared: " + problem.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// An entry: what was written or taken back, and what failed with code and message.
  static func entry(_ rows: [PlanRow], run: RunID, at time: String) -> String {
    let written = rows.filter { $0.outcome == .applied || $0.outcome == .planned }.map(\.change.label)
    let failed = rows.filter { $0.outcome == .failed }.map { row in
      let message = row.answer.message.prefix(messageLimit).split(whereSeparator: \.isNewline).joined(separator: " ")
      return "\(row.change.label): \(row.answer.code?.rawValue ?? "") \(message)"
    }
    var parts: [String] = []
    let verb = rows.contains { $0.change.undoes != nil } ? "taken back" : "written"
    if !written.isEmpty { parts.append("\(verb) " + written.joined(separator: ", ")) }
    if !failed.isEmpty { parts.append("failed " + failed.joined(separator: "; ")) }
    return "\(time) run \(run): " + parts.joined(separator: "; ")
  }
}

extension Change {
  /// What the row is called: its field, or else what it does.
  var label: String { field.isEmpty ? action.rawValue : field }
}
