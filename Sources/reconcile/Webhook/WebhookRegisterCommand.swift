import ArgumentParser
import Foundation
import Model
import Wire
import Workspace

/// `reconcile webhook register`: lets Partner Center send its events to an address.
struct WebhookRegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Let Partner Center send events of referrals to an address.",
    discussion: """
      A tenant has one address. Another one that is registered is left alone unless --overwrite is given.

      Example:  reconcile webhook register --url https://hooks.example.com
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "The public https address before `webhook listen`; else webhooks.url of reconcile.yaml.")
  var url: String?

  @Flag(help: "Put it in the place of the address that is registered.") var overwrite = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let wanted = WebhookRegistration(url: try address(workspace), events: WebhookEvent.allCases)
      let desk = try WebhookDesk(workspace, console: console)
      console.show(try register(wanted, desk.client))
      console.say("Next: `reconcile webhook listen` behind that address, then `reconcile webhook test`.")
      return .done
    }
  }

  private func register(
    _ wanted: WebhookRegistration, _ client: WebhookClient
  ) throws(ServiceError) -> WebhookRegistration {
    if let made = try client.create(wanted) { return made }
    let present = try client.registration()
    if let present, present.sends(as: wanted) { return present }
    guard overwrite else {
      throw ServiceError(
        .partnerCenter, .webhookRegistered,
        "Partner Center sends \(present?.events.joined(separator: ", ") ?? "events") to \(present?.url ?? "an address")",
        fix: "if nothing else needs them there: reconcile webhook register --overwrite")
    }
    return try client.replace(wanted)
  }

  private func address(_ workspace: OpenWorkspace) throws -> String {
    guard let text = try url ?? workspace.requireConfiguration().webhooks.url else {
      throw Failure(
        .webhookAddress, "no address is given to which events can be sent",
        fix: "set webhooks.url in reconcile.yaml, or pass --url https://…")
    }
    guard PublicAddress.isUsable(text) else {
      throw Failure(
        .webhookAddress, "events cannot be sent to \(text): it must be an https address",
        fix: "give the address of the proxy before `reconcile webhook listen`")
    }
    return text
  }
}
