import Foundation

/// The part of `docs/performance.md` that is made of measured figures, between two lines that stay.
struct FigurePage {
  /// The lines between which the figures stand.
  static let begin = "<!-- figures: written by make bench-figures -->"
  static let end = "<!-- end of figures -->"

  /// Why a page cannot take the figures.
  struct Unmarked: Error, CustomStringConvertible {
    let description = "the page has no lines between which the figures belong"
  }

  private let report: BenchReport

  /// The page of a report.
  init(of report: BenchReport) { self.report = report }

  /// The text of a page with these figures instead of those that it has.
  func rewritten(_ page: String) throws -> String {
    guard let begin = page.range(of: Self.begin), let end = page.range(of: Self.end),
      begin.upperBound <= end.lowerBound
    else { throw Unmarked() }
    return page[..<begin.upperBound] + "\n\n" + text + "\n" + page[end.lowerBound...]
  }

  private var text: String {
    let machine = report.introduction.split(separator: "\n").map { "* \($0)" }.joined(separator: "\n")
    let sizes = report.sizes.map { size in
      let later = size.later.isEmpty ? [] : ["The nights after the second:", size.laterTable.markdown]
      return
        (["### \(size.heading)", size.table.markdown, size.stageTable.markdown] + later + size.notes.map { "* \($0)" })
        .joined(separator: "\n\n")
    }
    return ([machine] + sizes + ["## Marks", Mark.table(report.marks).markdown]).joined(separator: "\n\n") + "\n"
  }
}
