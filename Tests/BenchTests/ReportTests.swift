import Foundation
import Testing

@testable import bench

/// What the bench prints, and writes as JSON.
@Suite("Report of the bench")
struct ReportTests {
  @Test("A table with one row for each night and each who took part")
  func table() {
    var size = Samples.size(1000, seconds: 2)
    size.add(SizeFigures.ours, .changed, Cost(wall: 4, cpu: 1, memory: 50, read: 3_600_000, written: 1_400_000))
    size.agreement = "all found the same 40 changed cells"
    size.leftOut = ["Polars": "there is no Python with it"]
    #expect(
      size.text == """
        1,000 referrals (3 MB of JSON) × 1,000 opportunities (1 MB of CSV)
                                                      wall s  CPU s  peak MB  read MB  written MB  ledger MB  requests  rounds
        first night: reconcile plan                     6.00   2.00      100        0           0          1         0       1
        nothing changed: reconcile plan                 1.00   2.00      100        0           0                            1
        nothing changed: the floor                      0.50   2.00        4        0           0                            1
        2 % changed: reconcile plan                     3.00   1.50       75        2           1          1                 2
        2 % changed: DuckDB                             5.00   2.00      800        0           0                            1
        mapping changed (`--replan`): reconcile plan    2.00   2.00      100        0           0                            1
        stages       snapshot s  whole process s
        first night        2.00             6.00
        all found the same 40 changed cells
        without Polars: there is no Python with it
        """)
  }

  @Test("The same as Markdown")
  func markdown() {
    var table = FigureTable(["", "wall s"])
    table.add(["first night", "1.00"])
    #expect(table.markdown == "|  | wall s |\n| --- | --: |\n| first night | 1.00 |")
  }

  @Test("The JSON file holds everything, and is the same again")
  func json() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    var size = Samples.size(1000, seconds: 2)
    size.later = Samples.nights([1, 2], ledger: 5)
    let report = Samples.report([size])
    try report.write(to: file.path)
    let written = try Data(contentsOf: file)
    #expect(try BenchReport(contentsOf: file.path) == report)
    try report.write(to: file.path)
    #expect(try Data(contentsOf: file) == written)
    let text = String(decoding: written, as: UTF8.self)
    for part in [
      "\"seed\" : 1", "\"processor\" : \"Some Processor\"", "\"duckdb\" : \"duckdb 2.0.1\"", "\"night\" : \"quiet\"",
    ] {
      #expect(text.contains(part))
    }
  }

  @Test("The median of each figure, also of the stages; of two it is the mean")
  func median() {
    let costs = [3.0, 1, 2].map { Cost(wall: $0, cpu: 4 - $0, memory: $0 * 10, stages: ["judge": $0]) }
    #expect(Cost.median(costs) == Cost(wall: 2, cpu: 2, memory: 20, stages: ["judge": 2]))
    #expect(Cost.median(Array(costs.dropLast()))?.wall == 2)
    #expect(Cost.median([]) == nil)
  }

  @Test("The processor's name is read from what the kernel tells")
  func processor() {
    #expect(
      Machine.processor(in: "processor\t: 0\nmodel name\t: Some Name @ 2 GHz\nmodel name\t: Other\n")
        == "Some Name @ 2 GHz")
    #expect(Machine.processor(in: "processor: 0\n") == nil)
  }

  @Test("Numbers are grouped", arguments: [(7, "7"), (100, "100"), (1000, "1,000"), (1_000_000, "1,000,000")])
  func grouping(number: Int, text: String) {
    #expect(SizeFigures.grouped(number) == text)
  }
}
