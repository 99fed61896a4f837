/// What people are told of, the most urgent first.
package enum Occasion: String, CaseIterable, Sendable, Codable {
  /// A limit, an empty or shrunken snapshot, a canary: nothing goes on before somebody looked.
  case safetyStop = "safety-stop"
  /// A run ended with an error, or some of its rows did.
  case failure
  /// Rows wait for a person's decision.
  case waiting
  /// Partner Center's refresh token ends soon.
  case token
  /// A run went through after failures that were told.
  case recovery
}

/// What a webhook is sent.
package enum WebhookShape: String, CaseIterable, Sendable {
  /// The notice as JSON, as the command gets it.
  case json
  /// A message for an incoming webhook of Slack.
  case slack
  /// A message with an adaptive card, for a workflow of Teams.
  case teams
}

/// Who is told what, and how.
package struct NoticeConfiguration: Sendable {
  /// What people are told of.
  package let occasions: Set<Occasion>
  /// What notices call the workspace.
  package let label: String
  /// The workspace's folder, in which the command runs.
  package let folder: String
  /// A command for `/bin/sh`; nil for none.
  package let command: String?
  /// Where the webhook's address is kept; nil for none.
  package let webhook: CredentialReference?
  /// What the webhook is sent.
  package let webhookShape: WebhookShape
  /// Where mail is handed in, and for whom; nil for none.
  package let mail: MailConfiguration?
  /// Seconds that each channel may take, 1–600.
  package let seconds: Int
  /// Whether notices hold what a failure says in full, and the names of deals.
  package let details: Bool
}

/// A mail server, and between whom it carries notices.
package struct MailConfiguration: Sendable {
  /// `smtps://host:465` or `smtp://host:587`.
  package let server: String
  /// Where user and password are kept; nil for a server that wants none.
  package let login: (user: CredentialReference, password: CredentialReference)?
  /// The sender's address.
  package let sender: String
  /// The recipients' addresses, at least one.
  package let recipients: [String]
}
