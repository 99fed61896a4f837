import Foundation
import JSON
import Testing

/// How the page behaves with 10,000 changes: `make bench-page` prints it.
///
/// It has no verdict but that nothing breaks.
@Suite(
  "Page bench", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["PAGE_BENCH"] != nil && Browser.path != nil, "make bench-page"))
struct PageBench {
  @Test("10,000 changes: opening, searching, filtering, deciding all, scrolling")
  func figures() throws {
    // Each of the 1,600 new deals brings some six rows.
    let exports = try Exports(referrals: 8_600, opportunities: 7_000)
    let workspace = try exports.workspace()
    _ = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    let report = workspace.appendingPathComponent("reports/latest/report.html").resolvingSymlinksInPath()
    let rows = try Report(report.deletingLastPathComponent().appendingPathComponent("changes.csv")).rows.count
    let bytes = try Data(contentsOf: report).count
    let browser = try Browser()
    var figures: [(String, String)] = [("rows", "\(rows)"), ("report.html", "\(bytes / 1_000_000) MB")]
    for look in 1...3 {
      let page = try browser.open(report)
      let loaded = try page.evaluate("Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)")
      figures.append(("opened, look \(look)", "\(loaded.text) ms"))
      guard look == 3 else { continue }
      figures.append(("search for one word", try Self.time("input('search', 'energy')", page)))
      figures.append(("a filter more", try Self.time("input('action', 'update')", page)))
      figures.append(("cleared", try Self.time("document.getElementById('clear').click()", page)))
      figures.append(("all rows held", try Self.time("document.querySelector('[data-bulk=hold]').click()", page)))
      figures.append(
        ("60 more deals", try Self.time("document.getElementById('more').click()", page)))
      figures.append(("slowest frame while scrolling", try page.evaluate(Self.scrolling).text + " ms"))
      #expect(try page.problems() == [])
    }
    for (name, figure) in figures { print("\(name): \(figure)") }
  }

  /// How long an action takes until the page is painted again, in milliseconds.
  private static func time(_ action: String, _ page: BrowserPage) throws -> String {
    try page.evaluate(
      """
      (async () => {
        const input = (id, value) => {
          const element = document.getElementById(id);
          element.value = value;
          element.dispatchEvent(new Event("input", { bubbles: true }));
        };
        const start = performance.now();
        \(action);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return Math.round(performance.now() - start);
      })()
      """
    ).text + " ms"
  }

  /// Scrolls the page for two seconds, a third of a screen a frame.
  private static let scrolling = """
    (async () => {
      let slowest = 0, last = performance.now();
      const end = last + 2000;
      while (last < end) {
        scrollBy({ top: innerHeight / 3, behavior: "instant" });
        const now = await new Promise(requestAnimationFrame);
        slowest = Math.max(slowest, now - last);
        last = now;
      }
      return Math.round(slowest);
    })()
    """
}
