import Foundation
import JSON
import Testing

/// The pictures of the documentation, taken of the real page and the real terminal: `make screenshots`.
@Suite(
  "Pictures", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["SCREENSHOTS"] != nil && Browser.path != nil, "make screenshots"))
struct ScreenshotTests {
  private static let images = Binary.repository.appendingPathComponent("docs/images")

  /// A partner after a week: some nights of agreement, and a day on which people worked on both sides.
  private static func week() throws -> Workbench {
    let bench = try Workbench(SandboxProcess.Size(seed: 11, referrals: 90, opportunities: 110))
    for night in 0..<6 {
      _ = try bench.reconcile("plan")
      if night == 0 { try bench.decideAll() }
      _ = try bench.reconcile("apply")
      try work(bench, night)
    }
    _ = try bench.reconcile("plan")
    return bench
  }

  /// What people do between two nights: other deals each day, on the last one against each other.
  private static func work(_ bench: Workbench, _ night: Int) throws {
    let pairs = try bench.reconciliation().rows.filter { $0["status"] == "in-sync" }
    for (index, pair) in pairs.enumerated() where index % 9 == night % 9 {
      let (referral, opportunity) = (pair["referral_id"] ?? "", pair["opportunity_id"] ?? "")
      guard !referral.isEmpty, !opportunity.isEmpty else { continue }
      let value = JSONValue.number(String(40_000 + 2_500 * index))
      if index % 2 == 0 {
        try bench.sandbox.edit(referral: referral, "details.dealValue", value)
      } else {
        try bench.sandbox.edit(opportunity: opportunity, "CloseDate", "2027-03-31")
      }
      guard night == 5, index < 20 else { continue }
      try bench.sandbox.edit(referral: referral, "details.dealValue", value)
      try bench.sandbox.edit(opportunity: opportunity, "Amount", .number(String(38_000 + 2_500 * index)))
    }
    guard night == 5 else { return }
    for waiting in try bench.reconciliation().rows.filter({ $0["stage"] == "Co-sell On Hold" }).prefix(3) {
      try bench.sandbox.edit(opportunity: waiting["opportunity_id"] ?? "", "StageName", "Qualification")
    }
  }

  @Test("report.html at three widths, light and dark, and the table of `show`")
  func record() throws {
    try FileManager.default.createDirectory(at: Self.images, withIntermediateDirectories: true)
    let bench = try Self.week()
    let page = try Browser().open(bench.path("reports/latest/report.html").resolvingSymlinksInPath())
    for (name, width) in [("phone", 400), ("tablet", 820), ("desktop", 1280)] {
      for dark in [false, true] {
        try page.resize(width: width, height: name == "desktop" ? 1400 : 1200)
        try page.emulate(dark: dark)
        try page.picture().write(
          to: Self.images.appendingPathComponent("report-\(name)-\(dark ? "dark" : "light").png"))
      }
    }
    #expect(try page.problems() == [])
    try Self.table(of: bench)
  }

  /// Puts the table that a terminal of 118 columns shows between the marks in the README.
  private static func table(of bench: Workbench) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = [
      "-qec", "stty cols 118; NO_COLOR=1 '\(Binary.reconcile.path)' show --workspace '\(bench.folder.path)'",
      "/dev/null",
    ]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(whereSeparator: \.isNewline).prefix(16).map { "    " + $0 }
    let readme = Binary.repository.appendingPathComponent("README.md")
    let old = try String(contentsOf: readme, encoding: .utf8)
    let (begin, end) = ("<!-- reconcile show -->\n", "<!-- end -->")
    let start = try #require(old.range(of: begin)?.upperBound)
    let stop = try #require(old.range(of: end, range: start..<old.endIndex)?.lowerBound)
    let new = old.replacingCharacters(
      in: start..<stop, with: "\n    $ reconcile show\n" + lines.joined(separator: "\n") + "\n    …\n\n")
    try Data(new.utf8).write(to: readme)
  }
}
