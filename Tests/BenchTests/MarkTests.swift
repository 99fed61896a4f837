import Testing

@testable import bench

/// The marks are judged by what was measured, and by nothing that was not.
@Suite("Marks")
struct MarkTests {
  @Test("Each mark of two sizes")
  func marks() {
    let marks = Samples.report([
      Samples.size(100_000, seconds: 10, memory: 100), Samples.size(1_000_000, seconds: 110, memory: 130),
    ]).marks
    #expect(
      marks.map { "\($0.verdict): \($0.figure ?? "")" } == [
        "held: 0.40 of it at 1,000,000", "held: 0.125 of it at 1,000,000",
        "missed: 2.00 × the floor at 1,000,000", "held: 0.50 of it at 1,000,000",
        "missed: 1.30 × from 100,000 to 1,000,000", "held: 130 MB at 1,000,000",
        "held: 0.92 of n log n from 100,000 to 1,000,000", "held: 2.5 % at 1,000,000", "not measured: ",
        "not measured: ",
      ])
  }

  @Test("Nothing is held that was not measured")
  func nothing() {
    var size = SizeFigures(records: 100, files: FileSizes(referrals: 1, opportunities: 1))
    size.add(SizeFigures.ours, .changed, Cost(wall: 1, cpu: 1, memory: 100))
    let marks = Samples.report([size]).marks
    #expect(marks.filter { $0.figure != nil }.map(\.aim) == ["peak memory below 256 MB"])
    #expect(marks.filter { $0.figure == nil }.allSatisfy { !$0.isHeld })
    #expect(Samples.report([]).marks.isEmpty)
  }

  @Test(
    "Of many nights those with edits are compared: the last three with the first three",
    arguments: [
      ([1.0, 5, 1, 6, 1, 7, 1, 5, 1, 6, 1, 7], 1.0),
      ([1.0, 5, 1, 6, 1, 7, 1, 8, 1, 12, 1, 13], 2.0),
      ([1.0, 5, 1, 6, 1, 7], nil),
    ] as [([Double], Double?)])
  func manyNights(seconds: [Double], slowdown: Double?) {
    #expect(BenchReport.slowdown(Samples.nights(seconds, ledger: 1)) == slowdown)
  }

  @Test("The ledger of the last night is held against that of the first")
  func ledger() {
    var size = Samples.size(1000, seconds: 1)
    size.later = Samples.nights([1, 1, 1], ledger: 2_100_000)
    let mark = Samples.report([size]).marks.first { $0.aim.hasPrefix("thirty nights: the ledger") }
    #expect(mark?.figure == "2.10 × in night 5 at 1,000")
    #expect(mark?.verdict == "missed")
  }

  @Test("A night that grows faster than the others decides about n log n")
  func growth() {
    var large = Samples.size(10_000, seconds: 10)
    let small = Samples.size(1000, seconds: 1)
    #expect((BenchReport.growthBesideNLogN([small, large]) ?? 0) < 1)
    large.figures.removeAll { $0.night == .quiet }
    large.add(SizeFigures.ours, .quiet, Cost(wall: 20, cpu: 1, memory: 1))
    #expect(
      (BenchReport.growthBesideNLogN([small, large]) ?? 0) == 40.0
        / (10_000 * 13.287712379549449 / (1000 * 9.965784284662087)))
    #expect(BenchReport.growthBesideNLogN([small]) == nil)
  }
}
