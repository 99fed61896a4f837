import Foundation

extension Plot {
  private static let width = 860.0
  private static let height = 460.0
  private static let left = 70.0
  private static let right = 280.0
  private static let top = 40.0
  private static let bottom = 50.0
  /// Ours in shades of blue, the others in what is far from it.
  private static let colours = [
    "#0a3069", "#1f6feb", "#54aeff", "#1b7c83", "#bc4c00", "#8250df", "#1a7f37", "#57606a", "#bf3989",
  ]

  /// The picture as SVG.
  var svg: String {
    let axes = axisLines.joined(separator: "\n")
    let drawn = lines.enumerated().map { draw($0.element, $0.offset) }.joined(separator: "\n")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Plot.width)) \(Int(Plot.height))" \
      font-family="sans-serif" font-size="12">
      <title>Seconds on the clock by the number of referrals and opportunities</title>
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(axes)
      \(drawn)
      </svg>

      """
  }

  /// Where a point stands in the picture.
  func place(_ point: Point) -> (x: Double, y: Double) {
    (horizontal(point.records), vertical(point.seconds))
  }

  private func horizontal(_ records: Double) -> Double {
    let span = Plot.width - Plot.left - Plot.right
    return Plot.left + span * share(log10(records), recordsRange)
  }

  private func vertical(_ seconds: Double) -> Double {
    let span = Plot.height - Plot.top - Plot.bottom
    return Plot.height - Plot.bottom - span * share(log10(seconds), secondsRange)
  }

  private func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  private var recordsRange: ClosedRange<Double> { Plot.decades(lines.flatMap(\.points).map(\.records)) }
  private var secondsRange: ClosedRange<Double> { Plot.decades(lines.flatMap(\.points).map(\.seconds)) }

  /// The whole powers of ten around some numbers, at least one apart.
  static func decades(_ numbers: [Double]) -> ClosedRange<Double> {
    let logarithms = numbers.filter { $0 > 0 }.map { log10($0) }
    let low = floor(logarithms.min() ?? 0)
    return low...max(low + 1, ceil(logarithms.max() ?? 1))
  }

  private var axisLines: [String] {
    let bottom = Plot.height - Plot.bottom
    let edge = Plot.width - Plot.right
    let columns = stride(from: recordsRange.lowerBound, through: recordsRange.upperBound, by: 1).map { power in
      let x = horizontal(pow(10, power))
      return line(x, Plot.top, x, bottom)
        + text(x, bottom + 18, SizeFigures.grouped(Int(pow(10, power))), anchor: "middle")
    }
    let rows = stride(from: secondsRange.lowerBound, through: secondsRange.upperBound, by: 1).map { power in
      let y = vertical(pow(10, power))
      return line(Plot.left, y, edge, y) + text(Plot.left - 8, y + 4, Plot.label(pow(10, power)), anchor: "end")
    }
    return columns + rows + [
      text((Plot.left + edge) / 2, Plot.height - 12, "referrals, and as many opportunities", anchor: "middle"),
      text(Plot.left, Plot.top - 16, "seconds on the clock", anchor: "start"),
    ]
  }

  /// `0.1`, `1`, `10`.
  private static func label(_ seconds: Double) -> String {
    seconds < 1 ? String(format: "%.\(Int((-log10(seconds)).rounded()))f", seconds) : String(Int(seconds.rounded()))
  }

  private func draw(_ line: Line, _ index: Int) -> String {
    let colour = line.isDashed ? "#57606a" : Plot.colours[index % Plot.colours.count]
    let places = line.points.map(place)
    let path = places.map { String(format: "%.1f,%.1f", $0.x, $0.y) }.joined(separator: " ")
    let dots = line.isDashed ? "" : places.map { dot($0.x, $0.y, colour) }.joined()
    let dash = line.isDashed ? " stroke-dasharray=\"5 4\"" : ""
    let y = Plot.top + 10 + Double(index) * 20
    let x = Plot.width - Plot.right + 12
    return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"\(dash)/>" + dots
      + "<line x1=\"\(x)\" y1=\"\(y - 4)\" x2=\"\(x + 18)\" y2=\"\(y - 4)\" stroke=\"\(colour)\" "
      + "stroke-width=\"2\"\(dash)/>" + text(x + 24, y, line.title, anchor: "start")
  }

  private func dot(_ x: Double, _ y: Double, _ colour: String) -> String {
    String(format: "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"\(colour)\"/>", x, y)
  }

  private func line(_ x: Double, _ y: Double, _ endX: Double, _ endY: Double) -> String {
    String(format: "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d7de\"/>", x, y, endX, endY)
  }

  private func text(_ x: Double, _ y: Double, _ text: String, anchor: String) -> String {
    String(format: "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"", x, y)
      + "\(anchor)\" fill=\"#24292f\">\(text)</text>"
  }
}
