import Crypto
import Foundation
import Model

/// What stands beside the ledger about it, so that a change that no run of reconcile made is noticed.
///
/// SQLite's own check sees a broken page, but not a changed letter within a text, nor commits that are gone with their
/// write-ahead file. So two things are written down:
///
/// * While a process writes, the seal is `open` and counts the commits. It is opened, durably, *before* the first write,
///   and counts a commit *after* it was made. So the ledger holds at least as many commits as the seal says, at every
///   moment and after every crash; if it holds fewer, some were lost.
/// * A process that ends in good order empties the write-ahead file and seals the length and a digest of the ledger.
///   From then on each byte has to be as it was.
///
/// A seal that is missing vouches for nothing: the ledger is then taken as SQLite's check finds it, and sealed by the
/// next run. That is how a ledger of an earlier release comes in, and how a person takes over one that was changed
/// knowingly.
struct LedgerSeal: Hashable, Sendable {
  /// Whether a process writes, or wrote when it died; or what the ledger consists of.
  enum State: Hashable, Sendable {
    case open
    case sealed(LedgerBytes)
  }

  var state: State
  /// The ledger's own name; empty as long as it has none.
  var lineage: String
  /// How many commits the ledger holds at least.
  var commits: Int
}

extension LedgerSeal {
  /// The seal as it stands in its file: a line for each fact, and one that covers all others.
  ///
  /// An open seal is as long for any number of commits, since its file is overwritten in place.
  var text: String {
    let digits = String(commits)
    var lines = [
      Self.title, "lineage \(lineage)",
      "commits \(String(repeating: "0", count: max(0, Self.width - digits.count)))\(digits)",
    ]
    switch state {
    case .open: lines.append("open")
    case .sealed(let bytes): lines += ["sealed \(bytes.digest)", "length \(bytes.length)"]
    }
    let body = lines.joined(separator: "\n") + "\n"
    return body + "check \(Self.check(body))\n"
  }

  /// Reads a seal; nil for a text that is none, or of which a letter was changed.
  init?(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.popLast() == "", let check = lines.popLast(), lines.count >= 4, lines[0] == Self.title,
      check == "check \(Self.check(lines.joined(separator: "\n") + "\n"))",
      let lineage = Self.value("lineage", lines[1]),
      let commits = Self.value("commits", lines[2]).flatMap({ Int($0) }), commits >= 0
    else { return nil }
    self.lineage = lineage
    self.commits = commits
    if lines.count == 4, lines[3] == "open" {
      state = .open
    } else if lines.count == 5, let digest = Self.value("sealed", lines[3]),
      let length = Self.value("length", lines[4]).flatMap({ Int($0) })
    {
      state = .sealed(LedgerBytes(length: length, digest: digest))
    } else {
      return nil
    }
  }

  private static let title = "reconcile ledger seal 2"
  private static let width = 12

  private static func value(_ name: String, _ line: String) -> String? {
    line.hasPrefix(name + " ") ? String(line.dropFirst(name.count + 1)) : nil
  }

  private static func check(_ body: String) -> String {
    SHA256.hash(data: Data(body.utf8)).prefix(8).hexadecimal
  }
}
