import ArgumentParser
import JSON
import Model
import Transform
import Workspace

/// `reconcile init`: a workspace with a commented configuration and starter mappings, or one after another workspace.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a workspace with a commented configuration and starter mappings.",
    discussion: """
      With --from it takes configuration and mappings over from another workspace, as from staging to production. Secrets, \
      state and reports stay there, and what has to be looked at is marked in reconcile.yaml and listed.

      Examples:
        reconcile init /srv/cosell
        reconcile init /srv/cosell --from /srv/cosell-staging
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The folder, which must be empty or new; else the workspace's.", completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp("Take configuration and mappings over from this workspace.", valueName: "workspace"),
    completion: .directory)
  var from: String?

  func run() throws {
    let console = common.console
    try reporting(console) {
      // A folder that is named may be new; `resolve` asks for one that is there.
      let named = folder ?? common.workspace
      let workspace = try named.map { WorkspaceFolder($0) } ?? WorkspaceFolder.resolve(nil)
      if let from {
        try copy(WorkspaceFolder(from), to: workspace, console)
      } else {
        tell(try WorkspaceStarter.write(to: workspace, mappings: Starters.files), console)
        console.say("Next: edit reconcile.yaml and mappings/settings.csv, then run `reconcile doctor`.")
      }
      return .done
    }
  }

  private func copy(_ source: WorkspaceFolder, to target: WorkspaceFolder, _ console: Console) throws {
    let copy: WorkspaceCopy
    do throws(ConfigurationMistakes) {
      copy = try WorkspaceCopy(of: source, to: target)
    } catch {
      throw Failures(list: error.failures)
    }
    tell(try copy.write(), console)
    if console.isJSON {
      for review in copy.reviews { console.data(review.json.text) }
      return
    }
    console.say("Secrets, state and reports were not copied. Look at what is marked in reconcile.yaml:")
    for review in copy.reviews { console.say("  \(review)") }
    console.say("Next: put the secrets in place, then run `reconcile doctor`.")
  }

  private func tell(_ files: [String], _ console: Console) {
    for file in files {
      console.data(
        console.isJSON
          ? JSONValue.object([JSONMember("message_type", .string("file")), JSONMember("path", .string(file))]).text
          : file)
    }
  }
}

extension ConfigurationReview {
  /// The review as a JSON line.
  fileprivate var json: JSONValue {
    .object([
      JSONMember("message_type", .string("review")), JSONMember("file", .string("reconcile.yaml")),
      JSONMember("line", .number(String(line))), JSONMember("key", .string(key)),
      JSONMember("advice", .string(advice)),
    ])
  }
}
