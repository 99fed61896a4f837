import Extract
import Model

/// One line on the terminal that tells how far both snapshots have come.
final class ProgressLine {
  private let console: Console
  private var counts: [RecordKind: Int] = [:]

  /// A line on the given console; without a terminal it stays away.
  init(_ console: Console) {
    self.console = console
  }

  /// Shows that a side has read so many records of a kind.
  func show(_ side: Side, _ kind: RecordKind, _ count: Int) {
    counts[kind] = count
    let parts = RecordKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.plural)" } }
    console.progress("Reading: " + parts.joined(separator: ", ") + " …")
  }

  /// Wipes the line.
  func end() {
    console.endProgress()
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
