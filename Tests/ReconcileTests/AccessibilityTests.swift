import Foundation
import JSON
import Testing

/// What axe-core, a checker made by others, finds on the page: `make accessibility`.
@Suite(
  "Accessibility", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["AXE"] != nil && Browser.path != nil, "make accessibility"))
struct AccessibilityTests {
  @Test("nothing at all, before and after the decisions, light and dark, wide and narrow")
  func checked() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let checker = try String(contentsOfFile: ProcessInfo.processInfo.environment["AXE"] ?? "", encoding: .utf8)
    let browser = try Browser()
    var passed = 0
    for _ in 0..<2 {
      let page = try browser.open(bench.path("reports/latest/report.html").resolvingSymlinksInPath())
      try page.evaluate(checker + "\n;0")
      for (dark, width) in [(false, 1280), (true, 1280), (false, 380)] {
        try page.emulate(dark: dark)
        try page.resize(width: width, height: 900)
        let result = try page.evaluate("axe.run().then((result) => JSON.stringify(result))").stringValue ?? ""
        let found = try JSONValue(parsing: result)
        let barriers = (found["violations"]?.arrayValue ?? []).map { rule in
          "\(rule["impact"]?.stringValue ?? "") \(rule["id"]?.stringValue ?? ""): "
            + (rule["nodes"]?.arrayValue ?? []).prefix(3).map { $0["html"]?.stringValue ?? "" }.joined(separator: " ")
        }
        #expect(barriers == [], "dark: \(dark), width: \(width)")
        passed += found["passes"]?.arrayValue?.count ?? 0
      }
      _ = try bench.reconcile("apply")
    }
    print("axe: \(passed) rules passed in six looks")
    #expect(passed > 100)
  }
}
