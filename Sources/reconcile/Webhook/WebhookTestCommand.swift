import ArgumentParser
import Foundation
import JSON
import Model
import Wire

/// `reconcile webhook test`: asks for a test event and tells whether it arrives.
struct WebhookTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Ask Partner Center for a test event, and tell whether it arrives.",
    discussion: """
      Partner Center allows two a minute.

      Example:  reconcile webhook test --wait 120
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "How many seconds to wait for the event to be delivered.") var wait = 60

  func validate() throws {
    guard (1...3600).contains(wait) else { throw ValidationError("--wait is from 1 to 3600 seconds") }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let desk = try WebhookDesk(workspace, console: console)
      let present = try desk.present()
      console.say("Asking for a test event to \(present.url) …")
      return try tell(delivery(of: desk.client.raiseTest(), desk.client), console)
    }
  }

  /// What became of the event when it was delivered, given up, or not in time.
  private func delivery(of id: String, _ client: WebhookClient) throws(ServiceError) -> WebhookDelivery {
    let limit = Date().addingTimeInterval(Double(wait))
    while true {
      let delivery = try client.delivery(of: id)
      guard delivery.state == .pending, Date() < limit else { return delivery }
      Thread.sleep(forTimeInterval: Self.pause)
    }
  }

  private static let pause = 1.0

  private func tell(_ delivery: WebhookDelivery, _ console: Console) throws -> ExitStatus {
    let attempts = delivery.attempts
    let last = attempts.last.map { "\($0.code) \($0.message)".trimmingCharacters(in: .whitespaces) }
    let tries = "\(attempts.count) \(attempts.count == 1 ? "attempt" : "attempts")"
    switch delivery.state {
    case .delivered:
      if console.isJSON {
        console.data(
          JSONValue.object([
            JSONMember("message_type", .string("webhook-test")), JSONMember("state", .string("delivered")),
            JSONMember("attempts", .number(String(attempts.count))), JSONMember("url", .string(delivery.url)),
          ]).text)
      } else {
        console.data("Delivered to \(delivery.url) at attempt \(attempts.count).")
      }
      return .done
    case .failed:
      throw Failure(
        .webhookUndelivered, "Partner Center gave the test event up after \(tries); the last answer: \(last ?? "none")",
        fix: "look at the messages of `reconcile webhook listen` and at the proxy before it")
    case .pending:
      throw Failure(
        .webhookUndelivered,
        "the test event was not delivered within \(wait) seconds, after \(tries); the last answer: \(last ?? "none")",
        fix: "look at the messages of `reconcile webhook listen` and at the proxy before it")
    }
  }
}
