import Foundation

/// Histories of consecutive seeds, played one after the other.
struct Batch: Sendable {
  var first: UInt64
  var count: Int
  var mutants: Set<Mutant> = []
  /// Whether it ends with the first violation.
  var stopsAtFirst = false
  /// Whether each is played twice, to see whether it comes out the same, step by step.
  var playsTwice = false

  /// What they came to.
  struct Outcome: Codable, Sendable {
    var coverage = Coverage()
    var histories = 0
    /// Seeds with what they broke, lowest first.
    var violations: [Broken] = []
    /// Seeds whose second history was not the first, step by step.
    var differing: [UInt64] = []

    /// A seed whose history broke a property.
    struct Broken: Codable, Sendable {
      let seed: UInt64
      let text: String
    }

    /// Takes in what later seeds came to.
    mutating func add(_ other: Outcome) {
      coverage.add(other.coverage)
      histories += other.histories
      violations += other.violations
      differing += other.differing
    }
  }

  /// Plays them all.
  func play() throws -> Outcome {
    let template = try Template.make()
    var outcome = Outcome()
    for seed in first..<first + UInt64(count) {
      let history = History(seed: seed, mutants: mutants, keepsTrace: playsTwice)
      let result = try history.play(on: template)
      outcome.histories += 1
      outcome.coverage.add(result.coverage)
      if let text = result.violation { outcome.violations.append(Outcome.Broken(seed: seed, text: text)) }
      if playsTwice, try history.play(on: template).trace != result.trace { outcome.differing.append(seed) }
      if stopsAtFirst, !outcome.violations.isEmpty { break }
    }
    return outcome
  }

  /// The same histories in batches that become smaller, down to `least`: so all of `jobs` come to their end together.
  func parts(jobs: Int, least: Int) -> [Batch] {
    var parts: [Batch] = []
    var rest = self
    while rest.count > 0 {
      var part = rest
      part.count = min(rest.count, max(least, rest.count / (jobs * 2)))
      parts.append(part)
      rest.first += UInt64(part.count)
      rest.count -= part.count
    }
    return parts
  }
}
