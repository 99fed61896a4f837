import Model
import Wire

/// How far a run has come, in one line.
struct RunProgress {
  private var counts: [RecordKind: Int] = [:]
  private var settled = 0
  private var waits: [Side: Wait] = [:]

  /// A side has read so many records of a kind, and so waits no more.
  mutating func read(_ side: Side, _ kind: RecordKind, _ count: Int) {
    counts[kind] = count
    waits[side] = nil
  }

  /// One more row has its outcome: whatever was waited for is there.
  mutating func settle() {
    settled += 1
    waits = [:]
  }

  /// A side waits.
  mutating func wait(_ side: Side, _ wait: Wait) {
    waits[side] = wait
  }

  /// What is shown.
  var line: String {
    let read = RecordKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.plural)" } }
    var parts: [String] = []
    if !read.isEmpty { parts.append("Reading: " + read.joined(separator: ", ")) }
    if settled > 0 { parts.append("Applying: \(settled) rows") }
    parts += Side.allCases.compactMap { waits[$0]?.description }
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
    case .user: "users"
    case .lead: "leads"
    case .connected: "deals of Microsoft"
    }
  }
}
