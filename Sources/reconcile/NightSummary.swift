import JSON
import Model
import Notify
import Workspace

/// What a person is told at the end of a night.
struct NightSummary {
  private let night: Night
  private let folder: WorkspaceFolder

  init(_ night: Night, in folder: WorkspaceFolder) {
    self.night = night
    self.folder = folder
  }

  /// Prints what became of the night: a JSON line where that was asked for; else nothing on a night that needs nobody, unless
  /// somebody looks on.
  func print(to console: Console) {
    guard !console.isJSON else { return console.data(json.text) }
    guard !console.isQuiet, needsPerson || !console.unattended.isQuiet else { return }
    lines.forEach(console.data)
  }

  private var needsPerson: Bool {
    switch night.exit {
    case .done: false
    case .changes, .someFailed, .waiting, .error, .safetyStop, .locked, .signIn, .incomplete, .usage, .configuration,
      .interrupted:
      true
    }
  }

  /// The sentences, the most important first.
  var lines: [String] {
    let run = night.run.map { "Run \($0): " } ?? ""
    let counts = Outcome.allCases.compactMap { outcome in count(outcome).map { "\($0) \(outcome.rawValue)" } }
    var lines = [run + (counts.isEmpty ? "both sides agree, nothing to do" : counts.joined(separator: ", "))]
    if night.waiting > 0 {
      lines.append("\(rows(night.waiting)) \(night.waiting == 1 ? "waits" : "wait") for a person\(conflicts).")
    }
    if trouble > 0 {
      lines.append(
        "\(rows(trouble)) failed, turned stale or have no known outcome; the next run takes them up. "
          + "See them with: reconcile show \(place) --status failed --status stale --status unknown")
    }
    guard needsPerson else { return lines }
    if let reports = night.reports { lines.append("Report: \(reports)/report.html") }
    if night.waiting > 0 { lines.append("Go on with: " + next) }
    return lines
  }

  /// The command by which what waits is decided: an open plan is applied, of one that was applied the rest is planned anew.
  private var next: String {
    if count(.planned) != nil, let run = night.run {
      return "reconcile apply \(run) \(place), when the rows are decided"
    }
    return "reconcile plan \(place), decide its rows, then: reconcile apply \(place)"
  }

  private var conflicts: String {
    switch night.conflicts {
    case 0: ""
    case 1 where night.waiting == 1: ": a conflict"
    case 1: ", 1 of them a conflict"
    default: ", \(night.conflicts) of them conflicts"
    }
  }

  private var trouble: Int { [.failed, .stale, .unknown].compactMap(count).reduce(0, +) }

  private var place: String { "--workspace " + ShellWord.quoted(folder.path) }

  private func count(_ outcome: Outcome) -> Int? {
    night.outcomes[outcome.rawValue].flatMap { $0 > 0 ? $0 : nil }
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  private var json: JSONValue {
    func counts(_ table: [String: Int]) -> JSONValue {
      .object(table.sorted { $0.key < $1.key }.map { JSONMember($0.key, .number(String($0.value))) })
    }
    return .object([
      JSONMember("message_type", .string("run")), JSONMember("run_id", night.run.map { .string($0.text) } ?? .null),
      JSONMember("exit", .number(String(night.exit.rawValue))), JSONMember("outcomes", counts(night.outcomes)),
      JSONMember("standings", counts(night.standings)), JSONMember("waiting", .number(String(night.waiting))),
      JSONMember("conflicts", .number(String(night.conflicts))),
      JSONMember("oldest_conflict", night.oldestConflict.map { .string(Timestamp.iso($0)) } ?? .null),
      JSONMember("reports", night.reports.map { .string($0) } ?? .null),
    ])
  }
}
