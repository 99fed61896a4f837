import Foundation
import Model

/// What may stand as the value of a key.
enum ConfigurationType: Sendable {
  /// Any text without line breaks, but not none.
  case text
  /// `https://…`, or `http://` of this very machine.
  case address
  /// `env:NAME`, `file:PATH` or `cmd:COMMAND`.
  case secret
  /// One of these words.
  case words([String])
  /// A whole number in a range.
  case number(ClosedRange<Int>)
  /// `62.0`.
  case version
  /// Any number of texts.
  case list
  /// Any number of these words.
  case listOf([String])
  /// `smtps://host:465`, or `smtp://host:587`.
  case mailServer
  /// `name@example.com`.
  case mailAddress
  /// At least one mail address.
  case mailAddresses

  /// Whether the value is a list.
  var isList: Bool {
    switch self {
    case .list, .listOf, .mailAddresses: true
    case .text, .address, .secret, .words, .number, .version, .mailServer, .mailAddress: false
    }
  }

  /// What is wrong with a text, under a code and without the place.
  ///
  /// A secret's text is never repeated.
  struct Problem: Error {
    let code: Code
    let message: String
    let fix: String?

    init(_ code: Code, _ message: String, fix: String? = nil) {
      self.code = code
      self.message = message
      self.fix = fix
    }
  }

  /// The text in canonical form.
  func canonical(_ text: String) throws(Problem) -> String {
    switch self {
    case .text: return try plain(text)
    case .address: return try Self.address(text)
    case .secret: return try Self.secret(text)
    case .words(let words):
      guard words.contains(text) else {
        throw Problem(.configurationWrongType, "is \"\(text)\"; allowed: \(words.joined(separator: ", "))")
      }
      return text
    case .number(let range):
      guard let number = Int(text), range.contains(number) else {
        let message = "is \"\(text)\"; it must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        throw Problem(.configurationWrongType, message)
      }
      return String(number)
    case .version:
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1] == "0", let version = Int(parts[0]), (20...999).contains(version) else {
        throw Problem(.configurationWrongType, "is \"\(text)\"; it must be a version such as \"62.0\"")
      }
      return text
    case .list: return text
    case .listOf(let words):
      for item in text.split(separator: "\n") where !words.contains(String(item)) {
        throw Problem(.configurationWrongType, "names \"\(item)\"; known: \(words.joined(separator: ", "))")
      }
      return text
    case .mailServer: return try Self.mailServer(text)
    case .mailAddress: return try Self.mailAddress(text)
    case .mailAddresses:
      let items = text.split(separator: "\n").map(String.init)
      guard !items.isEmpty else { throw Problem(.configurationWrongType, "must name at least one mail address") }
      return try items.map { item throws(Problem) in try Self.mailAddress(item) }.joined(separator: "\n")
    }
  }

  private func plain(_ text: String) throws(Problem) -> String {
    guard !text.isEmpty, !text.contains(where: \.isNewline) else {
      throw Problem(.configurationWrongType, "must be a text in one line")
    }
    return text
  }

  // MARK: Addresses

  private static func address(_ text: String) throws(Problem) -> String {
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty, parts.user == nil,
      parts.password == nil, parts.query == nil, parts.fragment == nil, let scheme = parts.scheme?.lowercased(),
      scheme == "https" || scheme == "http"
    else {
      throw Problem(.configurationWrongType, "is \"\(text)\"; it must be an address such as https://host")
    }
    guard scheme == "https" || isLoopback(host) else {
      throw Problem(
        .plainHTTP, "is \"\(text)\"; plain http:// is accepted for this machine only (localhost, 127.0.0.1, [::1])",
        fix: "write https://")
    }
    return String(text.reversed().drop { $0 == "/" }.reversed())
  }

  private static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  // MARK: Mail

  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let serverPattern =
    /smtps?:\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?\/?/
  nonisolated(unsafe) private static let mailboxPattern =
    /[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?/

  private static func mailServer(_ text: String) throws(Problem) -> String {
    guard text.wholeMatch(of: serverPattern) != nil else {
      throw Problem(
        .configurationWrongType, "is \"\(text)\"; it must be a mail server such as smtps://host or smtp://host:587",
        fix: "user and password go to smtp_user and smtp_password")
    }
    return text
  }

  private static func mailAddress(_ text: String) throws(Problem) -> String {
    guard text.utf8.count <= 254, text.wholeMatch(of: mailboxPattern) != nil else {
      throw Problem(
        .configurationWrongType, "holds \"\(text)\"; it must be a bare mail address such as name@example.com")
    }
    return text
  }

  // MARK: Secrets

  private static func secret(_ text: String) throws(Problem) -> String {
    guard let source = CredentialReference.Source(text) else {
      throw Problem(
        .secretLiteral, "holds the secret itself; a secret is named here, never written",
        fix: "write env:NAME, file:PATH or cmd:COMMAND, and change the secret: it has been in a file")
    }
    if case .environment(let name) = source, !isVariable(name) {
      throw Problem(.configurationWrongType, "env: must be followed by the name of an environment variable")
    }
    guard !source.isEmpty else {
      throw Problem(.configurationWrongType, "env:, file: or cmd: must be followed by a name, a path or a command")
    }
    return text
  }

  private static func isVariable(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
  }
}
