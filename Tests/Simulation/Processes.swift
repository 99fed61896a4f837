import Foundation
import Synchronization

/// Plays batches in processes of their own, some at a time: in one process, threads would wait for each other in SQLite's
/// allocator.
struct Processes {
  /// How many run at a time.
  let jobs: Int

  /// What each batch came to, in their order; whoever ends first takes up the next.
  func play(_ batches: [Batch]) throws -> [Batch.Outcome] {
    let ended = Ended()
    var outcomes: [Int: Batch.Outcome] = [:]
    var running: [Int: Player] = [:]
    var waiting = batches.indices
    let cores = Core.all
    var free = (0..<jobs).map { cores.isEmpty ? nil : cores[$0 % cores.count] }
    while outcomes.count < batches.count {
      while let core = free.last, let place = waiting.popFirst() {
        free.removeLast()
        running[place] = try Player(batches[place], on: core) { ended.add(place) }
      }
      let place = ended.next()
      guard let player = running.removeValue(forKey: place) else { continue }
      outcomes[place] = try player.outcome()
      free.append(player.core)
    }
    return batches.indices.compactMap { outcomes[$0] }
  }

  /// The places of processes that have ended and were not looked at yet.
  private final class Ended: Sendable {
    private let places = Mutex<[Int]>([])
    private let count = DispatchSemaphore(value: 0)

    func add(_ place: Int) {
      places.withLock { $0.append(place) }
      count.signal()
    }

    /// Waits for the next.
    func next() -> Int {
      count.wait()
      return places.withLock { $0.removeFirst() }
    }
  }

  /// A batch that did not come to an end.
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  /// One process, which plays one batch.
  private struct Player {
    let core: Core?
    private let batch: Batch
    private let process = Process()
    private let output: URL

    init(_ batch: Batch, on core: Core?, whenOver isOver: @escaping @Sendable () -> Void) throws {
      self.batch = batch
      self.core = core
      output = FileManager.default.temporaryDirectory.appendingPathComponent("sim-\(UUID().uuidString).json")
      let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      process.executableURL = core == nil ? program : URL(fileURLWithPath: Core.keeper)
      process.arguments =
        (core.map { ["-c", "\($0.number)", program.path] } ?? []) + Self.arguments(batch) + ["--outcome", output.path]
      process.terminationHandler = { _ in isOver() }
      try process.run()
    }

    private static func arguments(_ batch: Batch) -> [String] {
      ["--first", "\(batch.first)", "--histories", "\(batch.count)"]
        + batch.mutants.flatMap { ["--mutant", $0.rawValue] } + (batch.stopsAtFirst ? ["--stop-at-first"] : [])
        + (batch.playsTwice ? ["--twice"] : [])
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
