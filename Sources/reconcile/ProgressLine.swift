import Extract
import Model
import Synchronization
import Wire

/// One line on the terminal that tells how far a run has come, and what it waits for.
///
/// It is told from several threads.
final class ProgressLine: Sendable {
  private struct State {
    var counts: [RecordKind: Int] = [:]
    var settled = 0
    var wait: Wait?
  }

  private let console: Console
  private let state = Mutex(State())

  /// A line on the given console; without a terminal it stays away.
  init(_ console: Console) {
    self.console = console
  }

  /// Shows that a side has read so many records of a kind.
  func show(_ side: Side, _ kind: RecordKind, _ count: Int) {
    draw { state in
      state.counts[kind] = count
      state.wait = nil
    }
  }

  /// Shows that one more row of the plan has its outcome.
  func settle() {
    draw { state in
      state.settled += 1
      state.wait = nil
    }
  }

  /// Shows what is waited for.
  func wait(_ wait: Wait) {
    draw { $0.wait = wait }
  }

  /// Wipes the line.
  func end() {
    console.endProgress()
  }

  private func draw(_ change: (inout State) -> Void) {
    let line = state.withLock { state in
      change(&state)
      return Self.line(state)
    }
    console.progress(line)
  }

  private static func line(_ state: State) -> String {
    let read = RecordKind.allCases.compactMap { kind in state.counts[kind].map { "\($0) \(kind.plural)" } }
    var parts: [String] = []
    if !read.isEmpty { parts.append("Reading: " + read.joined(separator: ", ")) }
    if state.settled > 0 { parts.append("Applying: \(state.settled) rows") }
    if let wait = state.wait { parts.append(wait.description) }
    return parts.joined(separator: " – ") + " …"
  }
}

extension RecordKind {
  /// The name of several of them.
  var plural: String {
    switch self {
    case .referral: "referrals"
    case .opportunity: "opportunities"
    case .account: "accounts"
    case .contact: "contacts"
    case .solution: "solutions"
    }
  }
}
