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
  @Flag(help: "Play each history twice, and tell whether it is the same.") var twice = false
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
    let batch = Batch(
      first: first, count: histories, mutants: Set(mutant), stopsAtFirst: stopAtFirst, playsTwice: twice)
    if let outcome { return try JSONEncoder().encode(try batch.play()).write(to: URL(fileURLWithPath: outcome)) }
    let start = ContinuousClock().now
    let outcome = try played(batch)
    print(
      "\(outcome.histories) histories, seeds from \(first), in \((ContinuousClock().now - start).components.seconds) s")
    for (name, count) in outcome.coverage.counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
    for violation in outcome.violations.prefix(20) { print("seed \(violation.seed): \(violation.text)") }
    print("\(outcome.violations.count) violations")
    if twice { Self.tell(outcome) }
    guard whole else { return }
    let missed = Floors.missed(in: outcome.coverage, histories: histories)
    for floor in missed { print("below its floor: \(floor)") }
    let isRepeated = try repeats()
    let isCaught = try catches()
    if !outcome.violations.isEmpty || !missed.isEmpty || !isRepeated || !isCaught { throw ExitCode(1) }
  }

  private func played(_ batch: Batch) throws -> Batch.Outcome {
    let parts = batch.parts(jobs: jobs, least: 25)
    return try Processes(jobs: jobs).play(parts).reduce(into: Batch.Outcome()) { $0.add($1) }
  }

  /// Whether a hundred seeds, played twice, give the same histories step by step.
  private func repeats() throws -> Bool {
    let outcome = try played(Batch(first: first, count: 100, playsTwice: true))
    Self.tell(outcome)
    return outcome.differing.isEmpty
  }

  private static func tell(_ outcome: Batch.Outcome) {
    let differing = outcome.differing
    print(
      "\(outcome.histories) seeds played twice: \(differing.isEmpty ? "the same histories" : "\(differing) differ")")
  }

  /// Whether each guard that is taken away is missed.
  private func catches() throws -> Bool {
    // Those that take longest to be missed come first, so that none is left alone at the end.
    let mutants = Mutant.allCases.sorted { $0.firstSeed > $1.firstSeed }
    let batches = mutants.map { Batch(first: first, count: 6000, mutants: [$0], stopsAtFirst: true) }
    var caught = 0
    for (mutant, outcome) in zip(mutants, try Processes(jobs: jobs).play(batches)) {
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
