import Foundation
import Testing

@testable import bench

/// The picture of times by size.
@Suite("Plot")
struct PlotTests {
  private let plot = Plot(
    of: Samples.report([Samples.size(10_000, seconds: 1), Samples.size(100_000, seconds: 10)]))

  @Test("One line for each night and each peer that was measured, and n log n through the smallest size")
  func lines() {
    #expect(
      plot.lines.map(\.title) == [
        "reconcile, first night", "reconcile, nothing changed", "reconcile, 2 % changed",
        "reconcile, mapping changed (--replan)", "DuckDB, 2 % changed", "the floor", "n log n",
      ])
    let reference = plot.lines.last
    #expect(reference?.isDashed == true)
    #expect(reference?.points.first == Plot.Point(records: 10_000, seconds: 1))
    #expect(reference?.points.last.map { abs($0.seconds - 12.5) < 1e-9 } == true)
  }

  @Test("A tenfold number is as far away anywhere, more records lie to the right and more time above")
  func places() {
    let points = [(10_000.0, 1.0), (100_000, 1), (10_000, 10)].map {
      plot.place(Plot.Point(records: $0.0, seconds: $0.1))
    }
    #expect(points[1].x > points[0].x)
    #expect(points[2].y < points[0].y)
    let middle = plot.place(Plot.Point(records: 10_000 * 10.squareRoot(), seconds: 1)).x
    #expect(abs(middle - (points[0].x + points[1].x) / 2) < 1e-6)
  }

  @Test(
    "The decades around what was measured", arguments: [([12.0, 80], 1.0, 2.0), ([0.5, 3000], -1, 4), ([], 0, 1)])
  func decades(numbers: [Double], low: Double, high: Double) {
    #expect(Plot.decades(numbers) == low...high)
  }

  @Test("The picture is well-formed XML with a title, and a polyline for each line")
  func svg() throws {
    let text = plot.svg
    #expect(text.components(separatedBy: "<polyline ").count - 1 == plot.lines.count)
    #expect(text.components(separatedBy: "stroke-dasharray").count - 1 == 2)
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    for tag in ["svg", "title", "text"] {
      #expect(text.components(separatedBy: "<\(tag)").count == text.components(separatedBy: "</\(tag)>").count)
    }
    #expect(!text.contains("nan") && !text.contains("inf"))
  }
}
