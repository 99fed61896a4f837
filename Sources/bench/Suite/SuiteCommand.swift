import ArgumentParser
import Foundation

/// `bench suite`: see ``Suite``.
struct SuiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite", abstract: "Measure the nights at some sizes, beside others who compute the same result.")

  @Argument(help: "The binary of reconcile.") var binary: String
  @Option(help: "The sizes, parted by blanks: so many referrals and so many opportunities.") var sizes = "10000 100000"
  @Option(help: "How many nights are played at each size, 2 or more.") var nights = 2
  @Option(help: "How often each night is measured; without it three times up to 100,000 records, once above.")
  var rounds: Int?
  @Option(help: "Who else takes part, parted by blanks: duckdb, polars, sqlite, floor.")
  var peers = "duckdb polars sqlite floor"
  @Option(help: "The Python of the scratch environment in which the peers are installed.") var python: String?
  @Option(help: "The commit that is measured.") var commit = ""
  @Option(help: "Keep the exported files in this folder, or take them from there.") var data: String?
  @Option(help: "Where the figures are written as JSON.") var output = ".build-bench/bench.json"

  func run() throws {
    let counts = try words(sizes) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
    let chosen = try words(peers) { Peer(rawValue: String($0)) }
    guard nights >= 2, rounds.map({ $0 > 0 }) ?? true else {
      throw ValidationError("there are at least two nights and one round")
    }
    try Bench.inScratchFolder { folder in
      let suite = Suite(
        binary: binary, nights: nights, rounds: rounds, peers: chosen, python: python,
        data: data.map { URL(fileURLWithPath: $0) }, folder: folder)
      var report = try suite.run(counts)
      if !commit.isEmpty { report.versions["commit"] = commit }
      try report.write(to: output)
      print("written to \(output)")
    }
  }

  private func words<Value>(_ text: String, _ value: (Substring) -> Value?) throws -> [Value] {
    try text.split(separator: " ").map { word in
      guard let value = value(word) else { throw ValidationError("\(word) is none of those that can be named here") }
      return value
    }
  }
}
