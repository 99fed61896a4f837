/// The ways in which people are told.
package enum ChannelKind: String, CaseIterable, Sendable {
  /// A command of the workspace's owner, with the notice as JSON on its standard input.
  case command
  /// An address that takes a message by HTTP.
  case webhook
  /// Mail by SMTP.
  case mail
}
