import Foundation

/// `bench apply`: a plan against the sandbox over HTTP is approved whole and applied, each answer a little late.
///
/// It holds the time against the mark: requests × latency ÷ requests that a service is asked at a time.
struct ApplyBench {
  /// How many requests each service is asked at a time, as `TransportLimits` says.
  private static let parallelism = ["partner-center": 2, "salesforce": 4]

  private let binary: String
  private let latency: Int
  private let sandbox: BenchSandbox
  private let workspace: URL

  /// Starts a sandbox with so many deals and so many milliseconds before each answer.
  init(binary: String, referrals: Int, opportunities: Int, latency: Int, folder: URL) throws {
    self.binary = binary
    self.latency = latency
    sandbox = try BenchSandbox(binary: binary, referrals: referrals, opportunities: opportunities, latency: latency)
    workspace = folder.appendingPathComponent("apply")
    try sandbox.layOut(workspace)
  }

  /// Plans, approves everything but conflicts, applies, and prints the figures.
  func run() throws {
    defer { sandbox.stop() }
    _ = try Measured.run(binary, ["plan", "--quiet", "--workspace", workspace.path])
    let approval = try Approval(of: workspace)
    let run = try Measured.run(
      binary,
      [
        "apply", "--quiet", "--workspace", workspace.path, "--decisions", approval.file,
        "--confirm-irreversible", String(approval.irreversible),
        "--allow", "update", "--allow", "create", "--allow", "close", "--allow", "field",
      ], endingWith: [0, 3, 4])
    let summary = try Summary(of: workspace)
    var table = FigureTable(["", "requests", "at a time", "mark s"])
    var longest = 0.0
    for (side, requests) in summary.requests.sorted(by: { $0.key < $1.key }) {
      let parallelism = Self.parallelism[side] ?? 1
      let mark = Double(requests * latency) / 1000 / Double(parallelism)
      longest = max(longest, mark)
      table.add([side, String(requests), String(parallelism), String(format: "%.1f", mark)])
    }
    let seconds = Double(summary.milliseconds["apply"] ?? 0) / 1000
    print("\(approval.rows) approved changes, \(summary.outcomes), \(latency) ms before each answer")
    print(table.text)
    print(
      String(
        format: "apply %.1f s, %.2f of the longer mark; cpu %.1f s, peak %.0f MB", seconds, seconds / longest, run.cpu,
        run.memory))
  }

  /// Every row of a plan decided to be applied, but the conflicts.
  private struct Approval {
    let file: String
    private(set) var rows = 0
    private(set) var irreversible = 0

    init(of workspace: URL) throws {
      let changes = workspace.appendingPathComponent("reports/latest/changes.csv")
      let decisions = workspace.appendingPathComponent("decisions.csv")
      let table = Table(try String(contentsOf: changes, encoding: .utf8))
      var lines = ["run_id,seq,decision"]
      for row in table.rows where row["risk"] != "conflict" {
        lines.append("\(row["run_id"] ?? ""),\(row["seq"] ?? ""),apply")
        rows += 1
        if ["irreversible", "terminal"].contains(row["risk"]) { irreversible += 1 }
      }
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: decisions)
      file = decisions.path
    }
  }

  /// What `summary.json` tells of the newest run.
  private struct Summary: Decodable {
    let requests: [String: Int]
    let milliseconds: [String: Int]
    private let changes: Changes

    private struct Changes: Decodable {
      let outcome: [String: Int]
    }

    init(of workspace: URL) throws {
      let file = workspace.appendingPathComponent("reports/latest/summary.json")
      self = try JSONDecoder().decode(Summary.self, from: Data(contentsOf: file))
    }

    var outcomes: String {
      changes.outcome.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
  }
}

/// A CSV file's rows by the names of their columns.
private struct Table {
  private(set) var rows: [[String: String]] = []

  /// Reads a file as `reconcile` writes it: quoted cells may hold commas, line breaks and doubled quotes.
  init(_ text: String) {
    var cells: [String] = []
    var names: [String]?
    var cell = ""
    var isQuoted = false
    for scalar in text.unicodeScalars where scalar != "\u{FEFF}" && scalar != "\r" {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted, "\n" where !isQuoted:
        cells.append(cell)
        cell = ""
        guard scalar == "\n" else { continue }
        if let names {
          rows.append(Dictionary(zip(names, cells)) { first, _ in first })
        } else {
          names = cells
        }
        cells = []
      default: cell.unicodeScalars.append(scalar)
      }
    }
  }
}
