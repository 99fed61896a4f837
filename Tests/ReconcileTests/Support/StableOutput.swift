import Foundation

/// Replaces what differs between two runs of a session by what stays.
///
/// That are ids of runs, times, digests, codes of a sign-in, the port of the sandbox, the room on the disk, and where the folder
/// lies. A day keeps its distance from today, which is 2 November 2026.
struct StableOutput {
  private let folder: String
  private let system: String
  private let port: Int
  private let today: Date
  private var runs: [String] = []

  /// The output of a session in a folder, below a root of its own, on a day.
  init(folder: String, system: String, port: Int, today: Date = Date()) {
    self.folder = folder
    self.system = system
    self.port = port
    self.today = today
  }

  /// The lines of an output, without the empty one that ends it.
  mutating func lines(of output: String) -> [String] {
    var lines = stable(output).split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private mutating func stable(_ text: String) -> String {
    var text = text.replacingOccurrences(of: folder, with: "/home/you").replacingOccurrences(of: system, with: "")
      .replacingOccurrences(of: "127.0.0.1:\(port)", with: "127.0.0.1:8085")
      .replacing(#/\b[0-9a-f]{64}\b/#, with: String(repeating: "0123456789abcdef", count: 4))
      .replacing(#/the code [A-Z0-9]{9}\b/#, with: "the code A9BXL4CHN")
      .replacing(#/\d+ MB are free/#, with: "41000 MB are free")
    for match in text.matches(of: #/\d{8}T\d{6}Z-[a-z]{4}/#) where !runs.contains(String(match.output)) {
      runs.append(String(match.output))
    }
    for (index, run) in runs.enumerated() {
      let letter = Character(UnicodeScalar(UInt8(97 + index % 26)))
      text = text.replacingOccurrences(
        of: run, with: "20261102T0215\(10 + index % 50)Z-" + String(repeating: letter, count: 4))
    }
    text = text.replacing(#/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/#, with: "2026-11-02T02:15:00Z")
    return text.replacing(#/\b\d{4}-\d{2}-\d{2}\b/#) { match in shifted(String(match.output)) }
  }

  /// A day as far from the page's as it is from today.
  private func shifted(_ day: String) -> String {
    guard day != "2026-11-02", let date = Self.date(day), let page = Self.date("2026-11-02"),
      let start = Self.date(Self.text(today))
    else { return day }
    return Self.text(page.addingTimeInterval(date.timeIntervalSince(start)))
  }

  private static func date(_ text: String) -> Date? { try? Date(text + "T00:00:00Z", strategy: .iso8601) }

  private static func text(_ date: Date) -> String { String(date.formatted(.iso8601).prefix(10)) }
}
