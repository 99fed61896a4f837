import Foundation

/// One aim of the project, the figure that was measured, and whether it was held.
struct Mark: Equatable {
  let aim: String
  /// What was measured, nil when this run did not measure it.
  let figure: String?
  let isHeld: Bool

  /// `held`, `missed` or `not measured`.
  var verdict: String { figure == nil ? "not measured" : isHeld ? "held" : "missed" }

  /// A mark that a number must not be above.
  init(_ aim: String, atMost limit: Double, _ number: Double?, told text: (Double) -> String) {
    self.aim = aim
    figure = number.map(text)
    isHeld = number.map { $0 <= limit } ?? false
  }

  /// The table of marks.
  static func table(_ marks: [Mark]) -> FigureTable {
    var table = FigureTable(["mark", "measured", ""])
    for mark in marks { table.add([mark.aim, mark.figure ?? "", mark.verdict]) }
    return table
  }
}

extension BenchReport {
  /// The project's marks, each judged at the largest size that was measured.
  var marks: [Mark] {
    guard let largest = sizes.max(by: { $0.records < $1.records }) else { return [] }
    return Self.besidePeers(largest) + growth + Self.ledger(largest) + Self.manyNights(largest)
  }

  private static func besidePeers(_ size: SizeFigures) -> [Mark] {
    let at = " at \(SizeFigures.grouped(size.records))"
    let ours = size.cost(SizeFigures.ours, .changed)
    let peer = size.cost(Peer.duckdb.title, .changed)
    let quiet = size.cost(SizeFigures.ours, .quiet)
    let floor = size.cost(Peer.floor.title, .quiet)
    let first = size.cost(SizeFigures.ours, .first)
    let replan = size.cost(SizeFigures.ours, .replan)
    let firstPlan = first.flatMap { cost in cost.stages?["snapshot"].map { cost.wall - $0 } }
    return [
      Mark("2 % changed: wall time at most half of DuckDB's", atMost: 0.5, ratio(ours?.wall, peer?.wall)) {
        String(format: "%.2f of it", $0) + at
      },
      Mark("2 % changed: peak memory at most an eighth of DuckDB's", atMost: 0.125, ratio(ours?.memory, peer?.memory)) {
        String(format: "%.3f of it", $0) + at
      },
      Mark("nothing changed: at most 1.5 × the floor", atMost: 1.5, ratio(quiet?.wall, floor?.wall)) {
        String(format: "%.2f × the floor", $0) + at
      },
      Mark(
        "`--replan` after an edit of the mapping: at most a first plan without its extraction", atMost: 1,
        ratio(replan?.wall, firstPlan)
      ) { String(format: "%.2f of it", $0) + at },
    ]
  }

  /// How time and memory grow from the smallest size to the largest.
  private var growth: [Mark] {
    let ordered = sizes.sorted { $0.records < $1.records }
    let peaks = ordered.compactMap { size in Self.peak(size).map { (size: size.records, peak: $0) } }
    let last = peaks.last
    // Below so many records the program itself is most of its memory.
    let earlier = peaks.dropLast().last { $0.size >= 100_000 }
    let between =
      last.flatMap { last in earlier.map { (last.size, $0.size) } }
      .map { " from \(SizeFigures.grouped($0.1)) to \(SizeFigures.grouped($0.0))" } ?? ""
    return [
      Mark(
        "peak memory at 1,000,000 at most 1.2 × that at 100,000", atMost: 1.2, Self.ratio(last?.peak, earlier?.peak)
      ) {
        String(format: "%.2f ×", $0) + between
      },
      Mark("peak memory below 256 MB", atMost: 256, last?.peak) {
        String(format: "%.0f MB", $0) + " at \(SizeFigures.grouped(last?.size ?? 0))"
      },
      Mark("no night grows faster than n log n", atMost: 1, Self.growthBesideNLogN(ordered)) {
        String(format: "%.2f of n log n", $0)
          + " from \(SizeFigures.grouped(ordered.first?.records ?? 0)) to \(SizeFigures.grouped(ordered.last?.records ?? 0))"
      },
    ]
  }

  private static func ledger(_ size: SizeFigures) -> [Mark] {
    let first = size.cost(SizeFigures.ours, .first)?.state
    let changed = size.cost(SizeFigures.ours, .changed)?.state
    return [
      Mark("2 % changed: the ledger grows by at most 3 %", atMost: 3, ratio(changed, first).map { ($0 - 1) * 100 }) {
        String(format: "%.1f %%", $0) + " at \(SizeFigures.grouped(size.records))"
      }
    ]
  }

  /// Night 30 beside night 2, which is as it: people changed two per cent of each side.
  private static func manyNights(_ size: SizeFigures) -> [Mark] {
    let first = size.cost(SizeFigures.ours, .first)?.state
    let last = size.later.last
    let at = " in night \(last?.night ?? 0) at \(SizeFigures.grouped(size.records))"
    return [
      Mark("thirty nights: the ledger stays below twice its first size", atMost: 2, ratio(last?.cost.state, first)) {
        String(format: "%.2f ×", $0) + at
      },
      Mark("thirty nights: the time does not grow", atMost: 1.1, slowdown(size.later)) {
        String(format: "the last three that edit take %.2f × the first three", $0) + at
      },
    ]
  }

  /// The median time of the last three nights in which people edited, beside that of the first three; nights of one kind
  /// differ by a few per cent on a machine that others use.
  static func slowdown(_ nights: [LaterNight]) -> Double? {
    let edited = nights.filter { $0.night.isMultiple(of: 2) }
    guard edited.count >= 6 else { return nil }
    return ratio(Cost.median(edited.suffix(3).map(\.cost))?.wall, Cost.median(edited.prefix(3).map(\.cost))?.wall)
  }

  /// The largest of all nights' growth from the smallest to the largest size, as a share of what n log n allows.
  static func growthBesideNLogN(_ ordered: [SizeFigures]) -> Double? {
    guard let small = ordered.first, let large = ordered.last, small.records < large.records else { return nil }
    func work(_ records: Int) -> Double { Double(records) * log2(Double(records)) }
    return Night.allCases.compactMap { night in
      ratio(large.cost(SizeFigures.ours, night)?.wall, small.cost(SizeFigures.ours, night)?.wall)
    }.max().map { $0 / (work(large.records) / work(small.records)) }
  }

  /// The highest peak of all nights.
  private static func peak(_ size: SizeFigures) -> Double? {
    size.figures.filter { $0.who == SizeFigures.ours }.compactMap { $0.median?.memory }.max()
  }

  private static func ratio(_ left: Double?, _ right: Double?) -> Double? {
    guard let left, let right, right > 0 else { return nil }
    return left / right
  }

  private static func ratio(_ left: Int?, _ right: Int?) -> Double? {
    ratio(left.map(Double.init), right.map(Double.init))
  }
}
