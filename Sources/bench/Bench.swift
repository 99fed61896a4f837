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
    let arguments = CommandLine.arguments.dropFirst()
    guard let binary = arguments.first, let size = arguments.dropFirst().first.flatMap({ Int($0) }), size > 0 else {
      print("usage: bench BINARY RECORDS [PYTHON-WITH-DUCKDB]")
      exit(64)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = try BenchFiles(binary: binary, size: size, folder: folder)
    print(files.description)
    var table = FigureTable()
    let workspace = folder.appendingPathComponent("workspace")
    try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    for night in Night.allCases {
      let run = try Measured.run(binary, files.planArguments(night, workspace: workspace))
      table.add("reconcile plan, \(night.title)", run, extra: try Self.ledgerSize(workspace))
    }
    defer { print(table.text) }
    if let python = arguments.dropFirst(2).first {
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
