import ArgumentParser
import Foundation

/// Plays random histories of users, faults and deaths with the real code over simulated services.
@main
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "sim")

  @Option(help: "How many histories.") var histories = 10_000
  @Option(help: "The first seed.") var first: UInt64 = 1
  @Option(help: "How many at a time.") var jobs = 2
  @Option(help: "Take this guard away.") var mutant: [Mutant] = []
  @Flag(help: "Fail on a violation or a count below its floor, play seeds twice, and take each guard away.")
  var whole = false
  @Flag(help: "Print everything that happens in the first history.") var trace = false
  @Flag(help: "Make the first history smaller while it still fails, and print what is left.") var shrink = false
  @Flag(help: "End with the first violation.") var stopAtFirst = false
  @Option(help: "Play in this process alone, and write what came of it to a file, as JSON.") var outcome: String?

  func run() throws {
    if trace || shrink {
      var history = History(seed: first, mutants: Set(mutant), keepsTrace: true)
      let template = try Template.make()
      if shrink { history = try Shrinking(template).smallest(of: history) }
      let result = try history.play(on: template)
      print(result.trace.joined(separator: "\n"))
      if shrink { print(Regression(history).text) }
      return print(result.violation ?? "no violation")
    }
    let batch = Batch(first: first, count: histories, mutants: Set(mutant), stopsAtFirst: stopAtFirst)
    if let outcome { return try JSONEncoder().encode(try batch.play()).write(to: URL(fileURLWithPath: outcome)) }
    let start = ContinuousClock().now
    let outcome = try Processes(jobs: jobs).play(batch.parts(jobs * 8)).reduce(into: Batch.Outcome()) { $0.add($1) }
    print(
      "\(outcome.histories) histories, seeds from \(first), in \((ContinuousClock().now - start).components.seconds) s")
    for (name, count) in outcome.coverage.counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
    for violation in outcome.violations.prefix(20) { print("seed \(violation.seed): \(violation.text)") }
    print("\(outcome.violations.count) violations")
    guard whole else { return }
    let missed = Floors.missed(in: outcome.coverage, histories: histories)
    for floor in missed { print("below its floor: \(floor)") }
    let isRepeated = try repeats()
    let isCaught = try catches()
    if !outcome.violations.isEmpty || !missed.isEmpty || !isRepeated || !isCaught { throw ExitCode(1) }
  }

  /// Whether a hundred seeds, played twice, give the same histories step by step.
  private func repeats() throws -> Bool {
    let template = try Template.make()
    let differing = try (first..<first + 100).filter { seed in
      let history = History(seed: seed, keepsTrace: true)
      return try history.play(on: template).trace != history.play(on: template).trace
    }
    print("100 seeds played twice: \(differing.isEmpty ? "the same histories" : "\(differing) differ")")
    return differing.isEmpty
  }

  /// Whether each guard that is taken away is missed.
  private func catches() throws -> Bool {
    let batches = Mutant.allCases.map { Batch(first: first, count: 6000, mutants: [$0], stopsAtFirst: true) }
    var caught = 0
    for (mutant, outcome) in zip(Mutant.allCases, try Processes(jobs: jobs).play(batches)) {
      if let violation = outcome.violations.first {
        caught += 1
        print("without \(mutant.rawValue): seed \(violation.seed), \(violation.text)")
      } else {
        print("without \(mutant.rawValue): not noticed in \(outcome.histories) histories")
      }
    }
    print("\(caught) of \(Mutant.allCases.count) guards missed when they are taken away")
    return caught == Mutant.allCases.count
  }
}

extension Mutant: ExpressibleByArgument {}
