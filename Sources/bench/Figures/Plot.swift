import Foundation

/// The time of one night by size as a picture: both axes by powers of ten, and the line that n log n would be.
struct Plot {
  /// One line of the picture.
  struct Line: Equatable {
    let title: String
    let points: [Point]
    var isDashed = false
  }

  /// So many records, so many seconds.
  struct Point: Equatable {
    let records: Double
    let seconds: Double
  }

  let lines: [Line]

  /// The picture of a report.
  init(of report: BenchReport) {
    let sizes = report.sizes.sorted { $0.records < $1.records }
    let ours = Night.allCases.map { (SizeFigures.ours, $0) }
    let peers = Peer.allCases.map { ($0.title, $0 == .floor ? Night.quiet : Night.changed) }
    lines =
      (ours + peers).map { who, night in
        let points = sizes.compactMap { size in
          size.cost(who, night).map { Point(records: Double(size.records), seconds: $0.wall) }
        }
        return Line(title: Plot.title(who, night), points: points)
      }
      .filter { !$0.points.isEmpty } + [Plot.reference(sizes)].compactMap { $0 }
  }

  private static func title(_ who: String, _ night: Night) -> String {
    if who == Peer.floor.title { return who }
    return "\(who == SizeFigures.ours ? "reconcile" : who), \(night.title.replacing("`", with: ""))"
  }

  /// n log n from the smallest size on, through what ours needs there for the night with changes.
  private static func reference(_ sizes: [SizeFigures]) -> Line? {
    guard let first = sizes.first, let start = first.cost(SizeFigures.ours, .changed)?.wall else { return nil }
    func work(_ records: Int) -> Double { Double(records) * log2(Double(records)) }
    let points = sizes.map { size in
      Point(records: Double(size.records), seconds: start * work(size.records) / work(first.records))
    }
    return Line(title: "n log n", points: points, isDashed: true)
  }
}
