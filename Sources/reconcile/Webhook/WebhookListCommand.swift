import ArgumentParser
import Model
import Wire

/// `reconcile webhook list`: where Partner Center sends its events.
struct WebhookListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show where Partner Center sends this tenant's events.",
    discussion: "Example:  reconcile webhook list --json")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      console.show(try WebhookDesk(workspace, console: console).present())
      return .done
    }
  }
}
