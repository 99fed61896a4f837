import Foundation

/// Histories of consecutive seeds, played one after the other.
struct Batch: Sendable {
  var first: UInt64
  var count: Int
  var mutants: Set<Mutant> = []
  /// Whether it ends with the first violation.
  var stopsAtFirst = false

  /// What they came to.
  struct Outcome: Codable, Sendable {
    var coverage = Coverage()
    var histories = 0
    /// Seeds with what they broke, lowest first.
    var violations: [Broken] = []

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
    }
  }

  /// Plays them all.
  func play() throws -> Outcome {
    let template = try Template.make()
    var outcome = Outcome()
    for seed in first..<first + UInt64(count) {
      let result = try History(seed: seed, mutants: mutants).play(on: template)
      outcome.histories += 1
      outcome.coverage.add(result.coverage)
      if let text = result.violation { outcome.violations.append(Outcome.Broken(seed: seed, text: text)) }
      if stopsAtFirst, !outcome.violations.isEmpty { break }
    }
    return outcome
  }

  /// The same histories in so many batches, of nearly the same size.
  func parts(_ number: Int) -> [Batch] {
    let number = max(1, min(number, count))
    return (0..<number).map { index in
      var part = self
      part.first = first + UInt64(count * index / number)
      part.count = count * (index + 1) / number - count * index / number
      return part
    }
  }
}
