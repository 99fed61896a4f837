import Foundation

/// `make bench`: how long three nights take on files of N x N records, and how much memory.
///
/// Every figure is one of a whole process, as the operating system accounts for it.
@main
struct Bench {
  static func main() {
    do {
      try run()
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    if arguments.count == 5, arguments[0] == "services", numbers.count == 3 {
      try ServiceBench(
        binary: arguments[1], referrals: numbers[0], opportunities: numbers[1], latency: numbers[2], folder: folder
      ).run()
    } else if arguments.count == 5, arguments[0] == "apply", numbers.count == 3 {
      try ApplyBench(
        binary: arguments[1], referrals: numbers[0], opportunities: numbers[1], latency: numbers[2], folder: folder
      ).run()
    } else if arguments.count >= 2, let size = Int(arguments[1]), size > 0 {
      try files(arguments[0], size, peer: arguments.dropFirst(2).first, in: folder)
    } else {
      print("usage: bench BINARY RECORDS [PYTHON-WITH-DUCKDB]")
      print("       bench services BINARY REFERRALS OPPORTUNITIES LATENCY-MS")
      print("       bench apply BINARY REFERRALS OPPORTUNITIES LATENCY-MS")
      exit(64)
    }
  }

  /// Three nights from exported files, and the peer's time for them.
  private static func files(_ binary: String, _ size: Int, peer: String?, in folder: URL) throws {
    let files = try BenchFiles(binary: binary, size: size, folder: folder)
    print(files.description)
    var table = FigureTable(["", "wall s", "cpu s", "peak MB", "ledger"])
    let workspace = folder.appendingPathComponent("workspace")
    try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    for night in Night.allCases {
      let run = try Measured.run(binary, files.planArguments(night, workspace: workspace))
      table.add("reconcile plan, \(night.title)", run, extra: try Self.ledgerSize(workspace))
    }
    defer { print(table.text) }
    if let python = peer {
      for night in Night.allCases {
        let run = try Measured.run(python, ["scripts/bench-duckdb.py"] + files.peerArguments(night, folder: folder))
        table.add("duckdb, \(night.title)", run, extra: "")
      }
    }
  }

  private static func ledgerSize(_ workspace: URL) throws -> String {
    let path = workspace.appendingPathComponent("state/ledger.sqlite").path
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    return "\(bytes / 1_000_000) MB"
  }
}

/// The three nights that are measured.
enum Night: CaseIterable {
  case first
  case changed
  case quiet

  var title: String {
    switch self {
    case .first: "first night"
    case .changed: "2 % changed"
    case .quiet: "nothing changed"
    }
  }

  /// Which of the two exports the night reads.
  var export: Int {
    switch self {
    case .first: 1
    case .changed, .quiet: 2
    }
  }
}
