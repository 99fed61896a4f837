import Ledger
import Model

/// The pictures of the page, drawn as SVG: classes colour them, and a title says what they show.
struct PagePicture {
  private static let width = 1000
  private static let order: [Standing] = [
    .inSync, .changes, .conflict, .held, .quarantined, .error, .onlyPartnerCenter, .onlySalesforce, .skipped, .closed,
  ]
  private let standings: [Standing: Int]

  init(standings: [Standing: Int]) {
    self.standings = standings
  }

  /// All deals as one bar, a piece for each standing; a small one stays visible.
  var bar: String {
    let present = Self.order.filter { standings[$0, default: 0] > 0 }
    let total = standings.values.reduce(0, +)
    guard total > 0 else { return "" }
    let smallest = 8
    let room = Self.width - smallest * present.count
    var pieces = ""
    var place = 0
    for standing in present {
      let count = standings[standing, default: 0]
      let width = standing == present.last ? Self.width - place : smallest + room * count / total
      pieces +=
        "<rect class=\"piece \(standing.rawValue)\" x=\"\(place)\" y=\"0\" width=\"\(max(1, width - 2))\" height=\"20\">"
        + "<title>\(count) \(standing.title)</title></rect>"
      place += width
    }
    let words = present.map { "\(standings[$0, default: 0]) \($0.title)" }.joined(separator: ", ")
    return
      "<svg viewBox=\"0 0 \(Self.width) 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(words)\">\(pieces)</svg>"
  }

  /// The last nights, one column each: what was not in sync, by standing.
  static func trend(of nights: [RunEntry]) -> String {
    let shown = order.filter { $0 != .inSync && $0 != .closed && $0 != .skipped }
    let sums = nights.map { night in shown.reduce(0) { $0 + night.standings[$1, default: 0] } }
    let greatest = max(1, sums.max() ?? 1)
    let (height, step) = (120, 44)
    var columns = ""
    for (index, night) in nights.enumerated() {
      var top = height
      var pieces = ""
      for standing in shown {
        let count = night.standings[standing, default: 0]
        guard count > 0 else { continue }
        let size = max(2, count * (height - 20) / greatest)
        top -= size
        pieces +=
          "<rect class=\"piece \(standing.rawValue)\" x=\"\(index * step + 8)\" y=\"\(top)\" width=\"28\" "
          + "height=\"\(size - 1)\"><title>\(count) \(standing.title)</title></rect>"
      }
      columns +=
        "<g>\(pieces)"
        + "<text class=\"label\" x=\"\(index * step + 22)\" y=\"\(top - 4)\" text-anchor=\"middle\">\(sums[index])</text>"
        + "<text class=\"label\" x=\"\(index * step + 22)\" y=\"\(height + 14)\" text-anchor=\"middle\">"
        + "\(night.started.dropFirst(5).prefix(5))</text></g>"
    }
    let words = zip(nights, sums).map { "\(PageOverview.day($0)): \($1)" }.joined(separator: "; ")
    return "<svg class=\"trend\" viewBox=\"0 0 \(max(7, nights.count) * step) \(height + 20)\" role=\"img\" "
      + "aria-label=\"Deals that were not in sync. \(words)\">\(columns)</svg>"
  }
}
