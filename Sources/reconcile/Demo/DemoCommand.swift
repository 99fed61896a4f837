import ArgumentParser
import Foundation
import Model

/// `reconcile demo`: the whole story against the sandbox, in a workspace that is thrown away.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Tell the story of three nights against the built-in sandbox.",
    discussion: """
      Example:
        reconcile demo --keep my-demo
      """)

  @Option(help: "Keep the workspace in this folder, which must be empty or new.", completion: .directory)
  var keep: String?

  func run() throws {
    let console = Console(isJSON: false, isQuiet: false)
    try reporting(console) {
      let stage = try DemoStage(keep: keep, console: console)
      defer { stage.close() }
      try DemoStory(stage: stage, console: console).tell()
      return .done
    }
  }
}
