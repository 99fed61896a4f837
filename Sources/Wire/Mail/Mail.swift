/// A mail that is complete: envelope and message.
package struct Mail: Sendable {
  /// The sender's address, bare: `reconcile@example.com`.
  package let from: String
  /// The recipients' addresses, bare; each gets the mail on its own, so that one that is refused costs the others nothing.
  package let to: [String]
  /// Header and body as they go out, in lines that end with CR and LF.
  ///
  /// A line that begins with a dot is not doubled here: libcurl does that.
  package let message: [UInt8]

  /// A mail to so many recipients.
  package init(from: String, to: [String], message: [UInt8]) {
    self.from = from
    self.to = to
    self.message = message
  }
}
