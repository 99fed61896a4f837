import ArgumentParser
import Foundation

/// `bench page`: writes measured figures into the page about performance.
struct PageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Write the figures of bench.json into a page, and their picture.")

  @Argument(help: "What bench suite wrote.") var report: String
  @Argument(help: "The page whose figures are replaced.") var page: String
  @Argument(help: "The picture that is written.") var picture: String

  func run() throws {
    let report = try BenchReport(contentsOf: report)
    let text = try FigurePage(of: report).rewritten(String(contentsOfFile: page, encoding: .utf8))
    try Data(text.utf8).write(to: URL(fileURLWithPath: page))
    try Data(Plot(of: report).svg.utf8).write(to: URL(fileURLWithPath: picture))
  }
}
