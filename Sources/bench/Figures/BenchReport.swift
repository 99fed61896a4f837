import Foundation

/// Everything that one run of the bench found: what `bench.json` holds.
struct BenchReport: Codable, Equatable {
  let machine: Machine
  /// The version of each program that was measured.
  var versions: [String: String]
  /// When it began, as `2026-11-28T05:30:00Z`.
  let began: String
  let seed: Int
  var sizes: [SizeFigures] = []

  /// Reads what an earlier run wrote.
  init(contentsOf path: String) throws {
    self = try JSONDecoder().decode(BenchReport.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A report without figures yet.
  init(machine: Machine, versions: [String: String], began: String, seed: Int) {
    self.machine = machine
    self.versions = versions
    self.began = began
    self.seed = seed
  }

  /// Writes it, with the same bytes for the same figures.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

/// The figures of one size.
struct SizeFigures: Codable, Equatable {
  /// So many referrals, and so many opportunities.
  let records: Int
  let files: FileSizes
  var figures: [Figure] = []
  /// The nights after the second, where they were asked for: night, and what ours cost in it.
  var later: [LaterNight] = []
  /// Who did not take part, and why.
  var leftOut: [String: String] = [:]
  /// What comparing the changed cells of all came to.
  var agreement: String?

  /// The title under which ours stands.
  static let ours = "reconcile plan"

  /// The median of all rounds of one who took part.
  func cost(_ who: String, _ night: Night) -> Cost? {
    figures.first { $0.who == who && $0.night == night }?.median
  }

  /// Adds a round.
  mutating func add(_ who: String, _ night: Night, _ cost: Cost) {
    if let index = figures.firstIndex(where: { $0.who == who && $0.night == night }) {
      figures[index].rounds.append(cost)
    } else {
      figures.append(Figure(who: who, night: night, rounds: [cost]))
    }
  }
}

/// What one who took part needed for one night, in each round.
struct Figure: Codable, Equatable {
  let who: String
  let night: Night
  var rounds: [Cost]

  var median: Cost? { Cost.median(rounds) }
}

/// One of many nights.
struct LaterNight: Codable, Equatable {
  let night: Int
  let cost: Cost
}
