import Testing

@testable import bench

/// The measured figures come into the page and leave the rest of it alone.
@Suite("Page of figures")
struct FigurePageTests {
  private let page = FigurePage(of: Samples.report([Samples.size(1000, seconds: 2)]))

  @Test("What stands between the two lines is replaced, what stands around them stays")
  func replaced() throws {
    let text = "# Head\n\(FigurePage.begin)\nold figures\n\(FigurePage.end)\nfoot\n"
    let once = try page.rewritten(text)
    #expect(once.hasPrefix("# Head\n\(FigurePage.begin)\n\n* 2026-11-28T05:30:00Z, seed 1\n* Some Processor, 2 cores"))
    #expect(once.hasSuffix("|\n\n\(FigurePage.end)\nfoot\n"))
    #expect(once.contains("### 1,000 referrals (3 MB of JSON)"))
    #expect(once.contains("| nothing changed: at most 1.5 × the floor | 2.00 × the floor at 1,000 | missed |"))
    #expect(!once.contains("old figures"))
    #expect(try page.rewritten(once) == once)
  }

  @Test("A page without the lines is refused", arguments: ["", FigurePage.begin, FigurePage.end + FigurePage.begin])
  func refused(text: String) {
    #expect(throws: FigurePage.Unmarked.self) { try page.rewritten(text) }
  }
}
