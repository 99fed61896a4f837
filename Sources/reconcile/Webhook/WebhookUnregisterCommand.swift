import ArgumentParser
import Model
import Wire

/// `reconcile webhook unregister`: lets Partner Center send no event of a referral any more.
struct WebhookUnregisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unregister", abstract: "Let Partner Center send no event of a referral any more.",
    discussion: """
      Partner Center has no call that removes a registration. So it is left with the event test-created alone, which is \
      sent when somebody asks for it.

      Example:  reconcile webhook unregister
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let desk = try WebhookDesk(workspace, console: console)
      let present = try desk.present()
      console.show(try desk.client.replace(WebhookRegistration(url: present.url, events: [.testCreated])))
      console.say(
        "No event of a referral is sent any more. The address itself stays registered, for test events: Partner Center "
          + "has no call that removes it.")
      return .done
    }
  }
}
