import ArgumentParser
import Foundation

/// `make bench`: what nights of a million records cost, beside what others need for the same result.
///
/// Every figure is one of a whole process, as the operating system accounts for it.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure what reconcile costs.",
    subcommands: [SuiteCommand.self, FloorCommand.self, PageCommand.self, ServicesCommand.self, ApplyCommand.self])

  /// Gives a body a folder of its own, which is gone afterwards.
  static func inScratchFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try body(folder)
  }
}

/// `bench services`: see ``ServiceBench``.
struct ServicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "services", abstract: "Time a snapshot of both services over HTTP.")

  @Argument(help: "The binary of reconcile.") var binary: String
  @Argument(help: "How many referrals.") var referrals: Int
  @Argument(help: "How many opportunities.") var opportunities: Int
  @Argument(help: "How long each answer waits, in milliseconds.") var latency: Int

  func run() throws {
    try Bench.inScratchFolder { folder in
      try ServiceBench(
        binary: binary, referrals: referrals, opportunities: opportunities, latency: latency, folder: folder
      ).run()
    }
  }
}

/// `bench apply`: see ``ApplyBench``.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Time applying a plan that is approved whole over HTTP.")

  @Argument(help: "The binary of reconcile.") var binary: String
  @Argument(help: "How many referrals.") var referrals: Int
  @Argument(help: "How many opportunities.") var opportunities: Int
  @Argument(help: "How long each answer waits, in milliseconds.") var latency: Int

  func run() throws {
    try Bench.inScratchFolder { folder in
      try ApplyBench(
        binary: binary, referrals: referrals, opportunities: opportunities, latency: latency, folder: folder
      ).run()
    }
  }
}

/// `bench floor`: reads both exports and does nothing with them, and tells what it read.
struct FloorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "floor", abstract: "Read and parse both exported files once with the bare libraries.")

  @Argument(help: "The exported referrals.") var referrals: String
  @Argument(help: "The exported opportunities.") var opportunities: String

  func run() throws {
    print("referrals: \(try Floor.json(referrals))")
    print("opportunities: \(try Floor.csv(opportunities))")
  }
}
