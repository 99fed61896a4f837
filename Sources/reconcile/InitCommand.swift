import ArgumentParser
import Model
import Transform
import Workspace

/// `reconcile init`: a workspace with a commented configuration and starter mappings.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a workspace with a commented configuration and starter mappings.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The folder, which must be empty or new; else the workspace's.", completion: .directory)
  var folder: String?

  func run() throws {
    let console = common.console
    try reporting(console) {
      // A folder that is named may be new; `resolve` asks for one that is there.
      let named = folder ?? common.workspace
      let workspace = try named.map { WorkspaceFolder($0) } ?? WorkspaceFolder.resolve(nil)
      let files = try WorkspaceStarter.write(to: workspace, mappings: Starters.files)
      for file in files { console.data(file) }
      console.say("Next: edit reconcile.yaml and mappings/settings.csv, then run `reconcile plan`.")
      return .done
    }
  }
}
