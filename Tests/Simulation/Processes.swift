import Foundation

/// Plays batches in processes of their own, some at a time: in one process, threads would wait for each other in SQLite's
/// allocator.
struct Processes {
  /// How many run at a time.
  let jobs: Int

  /// What each batch came to, in their order.
  func play(_ batches: [Batch]) throws -> [Batch.Outcome] {
    var outcomes: [Batch.Outcome] = []
    var waiting = batches[...]
    var running: [Player] = []
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < jobs, let batch = waiting.popFirst() { running.append(try Player(batch)) }
      outcomes.append(try running.removeFirst().outcome())
    }
    return outcomes
  }

  /// A batch that did not come to an end.
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  /// One process, which plays one batch.
  private struct Player {
    private let batch: Batch
    private let process = Process()
    private let output: URL

    init(_ batch: Batch) throws {
      self.batch = batch
      output = FileManager.default.temporaryDirectory.appendingPathComponent("sim-\(UUID().uuidString).json")
      process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments =
        ["--first", "\(batch.first)", "--histories", "\(batch.count)", "--outcome", output.path]
        + batch.mutants.flatMap { ["--mutant", $0.rawValue] } + (batch.stopsAtFirst ? ["--stop-at-first"] : [])
      try process.run()
    }

    func outcome() throws -> Batch.Outcome {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: output) }
      guard process.terminationStatus == 0 else {
        throw Broken(description: "the histories from seed \(batch.first) on ended with \(process.terminationStatus)")
      }
      return try JSONDecoder().decode(Batch.Outcome.self, from: try Data(contentsOf: output))
    }
  }
}
