/// Why a mail was not taken.
///
/// It never holds anything of the mail but the recipient.
package struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened.
  package enum Reason: Hashable, Sendable {
    /// No such host, or it takes no connection.
    case unreachable
    /// The time limit has passed.
    case timedOut
    /// No trusted encrypted connection came about.
    case tlsFailed
    /// The server offers no encryption where it is demanded.
    case noEncryption
    /// The server refused the user or the password.
    case signInRefused
    /// The server refused the mail, with this status.
    case refused(Int)
    /// The connection ended, or what came back is not SMTP.
    case cutOff
  }

  /// What happened.
  package let reason: Reason
  /// The server's name.
  package let host: String
  /// The recipient whose mail it was.
  package let recipient: String

  /// Whether the mail to the next recipient would meet the same.
  package var isForAll: Bool {
    switch reason {
    case .unreachable, .timedOut, .tlsFailed, .noEncryption, .signInRefused: true
    case .refused, .cutOff: false
    }
  }

  /// One sentence without the full stop.
  package var description: String {
    switch reason {
    case .unreachable: "\(host) cannot be reached"
    case .timedOut: "\(host) did not take the mail in time"
    case .tlsFailed: "no trusted connection to \(host): its certificate or TLS version was refused"
    case .noEncryption: "\(host) offers no encryption, and no mail is sent without"
    case .signInRefused: "\(host) refused the user or the password"
    case .refused(let status): "\(host) refused the mail to \(recipient) with status \(status)"
    case .cutOff: "the connection to \(host) ended before the mail to \(recipient) was taken"
    }
  }
}
