package import Model

/// Where mail is handed in, and how the way there is kept safe.
package struct MailServer: Sendable, Hashable {
  /// How the connection is encrypted.
  package enum Security: Sendable, Hashable {
    /// Not at all: only on this machine.
    case none
    /// Begun in the clear, and nothing is sent before the encryption stands.
    case startTLS
    /// From the first byte on.
    case tls
  }

  /// The host in lower case; an IPv6 address without its brackets.
  package let host: String
  /// The port, 1–65535.
  package let port: Int
  /// How the connection is encrypted.
  package let security: Security

  /// A server by its parts.
  package init(host: String, port: Int, security: Security) {
    self.host = host
    self.port = port
    self.security = security
  }

  /// Reads `smtps://host`, `smtp://host` or either with `:port`; nil for anything else.
  ///
  /// `smtp` means STARTTLS, which must succeed, and no encryption on this machine. Ports that are not written are those of
  /// submission: 465 and 587, and 25 on this machine.
  package init?(_ text: String) {
    guard let match = text.wholeMatch(of: Self.pattern)?.output else { return nil }
    host = match.2.lowercased().filter { $0 != "[" && $0 != "]" }
    let isTLS = match.1 == "smtps"
    let isHere = Address.isLoopback(host)
    security = isTLS ? .tls : isHere ? .none : .startTLS
    switch match.3.map({ Int($0) }) {
    case .some(let port):
      guard let port, (1...65_535).contains(port) else { return nil }
      self.port = port
    case nil: port = isTLS ? 465 : isHere ? 25 : 587
    }
  }

  /// The address as libcurl takes it.
  var url: String {
    "\(security == .tls ? "smtps" : "smtp")://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
  }

  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let pattern =
    /(smtps?):\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?\/?/
}

/// As whom one signs in to a mail server.
package struct MailLogin: Sendable {
  let user: Secret
  let password: Secret

  /// A user with a password.
  package init(user: Secret, password: Secret) {
    self.user = user
    self.password = password
  }
}
