@testable import bench

/// Reports as runs of the bench would have made them.
enum Samples {
  static let machine = Machine(
    processor: "Some Processor", cores: 2, memory: 25_000, system: "Some Linux 12", kernel: "6.1")

  /// Sizes with ours in each night, DuckDB beside the second and the floor beside the third.
  static func report(_ sizes: [SizeFigures]) -> BenchReport {
    var report = BenchReport(
      machine: machine, versions: ["reconcile": "reconcile 0.1.0", "duckdb": "duckdb 2.0.1", "commit": "abc"],
      began: "2026-11-28T05:30:00Z", seed: 1)
    report.sizes = sizes
    return report
  }

  /// Figures of one size: the seconds and megabytes of the second night, from which the others follow.
  static func size(_ records: Int, seconds: Double, memory: Double = 100) -> SizeFigures {
    var size = SizeFigures(
      records: records, files: FileSizes(referrals: records * 3200, opportunities: records * 560))
    let first = Cost(
      wall: seconds * 3, cpu: seconds, memory: memory, state: records * 1000, requests: 0,
      stages: ["snapshot": seconds])
    size.add(SizeFigures.ours, .first, first)
    size.add(SizeFigures.ours, .changed, Cost(wall: seconds, cpu: seconds, memory: memory, state: records * 1025))
    size.add(Peer.duckdb.title, .changed, Cost(wall: seconds * 2.5, cpu: seconds, memory: memory * 8))
    size.add(SizeFigures.ours, .quiet, Cost(wall: seconds / 2, cpu: seconds, memory: memory))
    size.add(Peer.floor.title, .quiet, Cost(wall: seconds / 4, cpu: seconds, memory: 4))
    size.add(SizeFigures.ours, .replan, Cost(wall: seconds, cpu: seconds, memory: memory))
    return size
  }

  /// Nights from the third on, each of so many seconds.
  static func nights(_ seconds: [Double], ledger: Int) -> [LaterNight] {
    seconds.enumerated().map { index, wall in
      LaterNight(night: index + 3, cost: Cost(wall: wall, cpu: wall, memory: 90, state: ledger))
    }
  }
}
