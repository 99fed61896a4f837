import Foundation

/// Who else computes the same result: a small program in `scripts/bench`, or the floor.
enum Peer: String, CaseIterable {
  case duckdb
  case polars
  case sqlite
  case floor

  var title: String {
    switch self {
    case .duckdb: "DuckDB"
    case .polars: "Polars"
    case .sqlite: "sqlite3"
    case .floor: "the floor"
    }
  }

  /// The nights in which it takes part; the floor is the same in each.
  var nights: [Night] { self == .floor ? [.quiet] : Night.reading }

  /// Whether it needs the scratch environment of the bench.
  var needsPython: Bool { self != .floor }

  /// Its program.
  var script: String { "scripts/bench/with_\(rawValue).py" }

  /// The command line for one night.
  func command(_ files: BenchFiles, _ export: Int, python: String, folder: URL) -> [String] {
    let inputs = [files.referrals(export), files.opportunities(export)]
    if self == .floor { return [CommandLine.arguments[0], "floor"] + inputs }
    return [python, script] + inputs + [state(in: folder).path, output(in: folder).path]
  }

  /// Where it keeps what it knows of the last night.
  func state(in folder: URL) -> URL { folder.appendingPathComponent(rawValue) }

  /// Where it writes the changed cells.
  func output(in folder: URL) -> URL { folder.appendingPathComponent(rawValue + "-output") }
}
