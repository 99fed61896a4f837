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
  @Flag(help: "Print everything that happens in the first history.") var trace = false
  @Flag(help: "Make the first history smaller while it still fails, and print what is left.") var shrink = false

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
    let start = ContinuousClock().now
    let outcome = try Batch(first: first, count: histories, jobs: jobs, mutants: Set(mutant)).play()
    print("\(outcome.histories) histories in \(ContinuousClock().now - start)")
    for (name, count) in outcome.coverage.counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
    for violation in outcome.violations.prefix(20) { print("seed \(violation.seed): \(violation.text)") }
    print("\(outcome.violations.count) violations")
  }
}

extension Mutant: ExpressibleByArgument {}
