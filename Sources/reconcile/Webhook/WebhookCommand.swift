import ArgumentParser

/// `reconcile webhook`: where Partner Center sends its events, and who hears them.
struct WebhookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "Hear of changed referrals within minutes.",
    discussion: """
      An event is a hint: it says which referral to look at. What is looked at is read from both services, and the full \
      plan of the night finds what no event told.
      """,
    subcommands: [
      WebhookRegisterCommand.self, WebhookListCommand.self, WebhookUnregisterCommand.self, WebhookTestCommand.self,
      WebhookListenCommand.self,
    ])
}
