import ArgumentParser
import JSON
import Model

/// `reconcile explain CODE`: what a code means, where it comes from, and what to do.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a code: what it means, what causes it, what to do.",
    discussion: """
      Example:
        reconcile explain E709
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The code, as E301 or N109.") var code: String

  func run() throws {
    let console = common.console
    try reporting(console) {
      guard let known = Code(rawValue: code.uppercased()) else {
        throw Failure(.wrongUsage, "there is no code \(code)", fix: "docs/codes.md lists all of them")
      }
      let text = known.explanation
      if console.isJSON {
        console.data(
          JSONValue.object([
            JSONMember("code", .string(known.rawValue)), JSONMember("title", .string(text.title)),
            JSONMember("meaning", .string(text.meaning)), JSONMember("cause", .string(text.cause)),
            JSONMember("action", .string(text.action)),
          ]).text)
      } else {
        console.title("\(known.rawValue): \(text.title)")
        console.data("Meaning: \(text.meaning)")
        console.data("Cause:   \(text.cause)")
        console.data("To do:   \(text.action)")
      }
      return .done
    }
  }
}
