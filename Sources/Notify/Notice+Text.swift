import Foundation
import Model
import Workspace

// What a notice says, in parts that each channel puts into its own form.
extension Notice {
  /// A name and what belongs to it.
  struct Fact: Equatable {
    let name: String
    let value: String
  }

  /// The most rows or codes of which something is said one by one.
  private static let most = 20

  /// One line that says whose notice it is and the most urgent of what it says.
  var title: String { "\(label): \(occasions.first.map(headline) ?? "this is a test of notices")" }

  /// What it says besides, a line each.
  var otherHeadlines: [String] { occasions.dropFirst().map(headline) }

  /// The numbers of the night.
  var facts: [Fact] {
    guard !occasions.isEmpty else { return [] }
    let facts: [(String, String?)] = [
      ("Run", night.run?.text ?? "ended before it had a name"),
      ("Exit status", String(night.exit.rawValue)),
      ("Began", Timestamp.iso(night.started)),
      ("Took", "\(max(0, Int(night.ended.timeIntervalSince(night.started).rounded()))) s"),
      ("Records", Self.counts(night.standings, in: Standing.allCases.map(\.rawValue))),
      ("Changes", Self.counts(night.outcomes, in: Outcome.allCases.map(\.rawValue))),
      ("Waiting", night.waiting > 0 ? waiting : nil),
      ("Oldest conflict", night.oldestConflict.map { "open since \(Timestamp.iso($0))" }),
      ("Reports", night.reports),
    ]
    return facts.compactMap { name, value in value.map { Fact(name: name, value: $0) } }
  }

  /// What a person can do, a sentence each.
  var advice: [String] {
    var advice: [String] = []
    if occasions.contains(where: { $0 == .failure || $0 == .safetyStop }) {
      advice += night.codes.prefix(Self.most).map { "\($0.rawValue): \($0.explanation.action)" }
      if night.failedRows > 0 { advice.append("Look at the rows that failed: reconcile show --status failed") }
      if night.exit == .interrupted { advice.append("Go on where it was interrupted: reconcile apply --resume") }
    }
    if occasions.contains(.waiting) { advice.append(decide) }
    if occasions.contains(.token) { advice.append("Sign in again: reconcile login partner-center") }
    return advice
  }

  /// What failures say in full, and the deals that wait; nothing unless details were asked for.
  var detailLines: [String] {
    guard details else { return [] }
    let failures = night.failures.prefix(Self.most).map { "\($0.code.rawValue): \($0.message)" }
    let deals = night.waitingDeals.prefix(Self.most).map { "Waits: \($0)" }
    let more = night.waitingDeals.count - Self.most
    return (failures + deals + (more > 0 ? ["Waits: \(more) more"] : [])).map(Self.oneLine)
  }

  /// How what waits is decided: an open plan is applied, of one that was applied the rest is planned anew.
  private var decide: String {
    if night.count(.planned) > 0, let run = night.run {
      return "Decide in report.html or changes.csv of the reports, then: reconcile apply \(run)"
    }
    return "Plan anew: reconcile plan; decide in report.html or changes.csv of its reports, then: reconcile apply"
  }

  private func headline(_ occasion: Occasion) -> String {
    switch occasion {
    case .safetyStop: "the run stopped for safety" + reasons
    case .failure: failure
    case .waiting: night.waiting == 1 ? "\(waiting) waits for a decision" : "\(waiting) wait for a decision"
    case .token:
      "the sign-in to Partner Center ends in \(Self.number(night.tokenDaysLeft ?? 0, "day", "days")) unless it is used"
    case .recovery: "runs go through again"
    }
  }

  private var failure: String {
    switch night.exit {
    case .someFailed: "the run went through, and \(Self.number(night.failedRows, "row", "rows")) failed"
    case .interrupted: "the run was interrupted"
    case .locked: "no run has gone through for long: another one holds the lock"
    case .done, .changes, .waiting, .error, .safetyStop, .signIn, .incomplete, .usage, .configuration:
      "the run failed" + reasons
    }
  }

  /// The first code with its title, and how many there are besides.
  private var reasons: String {
    guard let first = night.codes.first else { return "" }
    let others = night.codes.count - 1
    return ": \(first.rawValue) \(first.explanation.title)" + (others > 0 ? " and \(others) more" : "")
  }

  private var waiting: String {
    let rows = Self.number(night.waiting, "row", "rows")
    switch night.conflicts {
    case 0: return rows
    case night.waiting: return Self.number(night.waiting, "conflict", "conflicts")
    default: return rows + " (\(Self.number(night.conflicts, "conflict", "conflicts")) among them)"
    }
  }

  // MARK: Words

  private static func number(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }

  /// `12 applied, 1 failed`, in a fixed order; nil when nothing was counted.
  private static func counts(_ table: [String: Int], in order: [String]) -> String? {
    let parts = order.compactMap { name in table[name].flatMap { $0 > 0 ? "\($0) \(name)" : nil } }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// A text of a service in one line that does nothing.
  private static func oneLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return HarmlessText.plain(line, limit: 1_000)
  }
}
