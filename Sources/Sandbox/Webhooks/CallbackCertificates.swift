import Foundation

/// The test authority that vouches for callbacks, and the certificate that signs them (S23).
struct CallbackCertificates: Sendable {
  let root: Certificate
  let dispatch: Certificate
  /// Those that nobody should take for the right one, by name; all have the right one's key.
  private let others: [CallbackCertificate: [UInt8]]

  /// Made once in a process, when they are first needed: two keys take a good while.
  static let shared = Result { try CallbackCertificates() }

  private init() throws {
    let (rootName, leafName) = ("Sandbox test root, not Microsoft's", "sandbox-dispatch.example")
    let now = Stamp(Int(Date().timeIntervalSince1970))
    let first = now.adding(days: -1)
    let last = min(now.adding(days: 3650), Stamp(2_524_607_999))
    root = try Certificate(root: rootName, from: first, to: last)
    dispatch = try Certificate(leafName, issuedBy: root, from: first, to: last)
    let key = dispatch.key
    // It has the name of the right one, and another key.
    let otherRoot = try Certificate(root: rootName, from: first, to: last, key: key)
    let strangers = try Certificate(
      root: "Sandbox root of another company", of: "Somebody Else", from: first, to: last, key: key)
    others = try [
      .expired: Certificate(leafName, issuedBy: root, from: now.adding(days: -20), to: now.adding(days: -10), key: key),
      .future: Certificate(leafName, issuedBy: root, from: now.adding(days: 10), to: last, key: key),
      .selfSigned: Certificate(root: leafName, from: first, to: last, key: key),
      .otherRoot: Certificate(leafName, issuedBy: otherRoot, from: first, to: last, key: key),
      .otherName: Certificate("somebody-else.example", issuedBy: root, from: first, to: last, key: key),
      .otherIssuer: Certificate(leafName, issuedBy: strangers, from: first, to: last, key: key),
      .otherIssuerRoot: strangers,
    ].mapValues(\.der)
  }

  /// What lies under the address of a certificate.
  func document(_ certificate: CallbackCertificate) -> ServiceReply {
    switch certificate {
    case .dispatch: CallbackCertificates.reply(dispatch.der)
    case .root: CallbackCertificates.reply(root.der)
    case .truncated: CallbackCertificates.reply(Array(dispatch.der.dropLast(200)))
    case .huge: CallbackCertificates.reply(dispatch.der + Array(repeating: 0, count: 1 << 20))
    case .text: CallbackCertificates.reply(Array("<html>This is no certificate.</html>".utf8))
    case .redirect: ServiceReply(status: 302, headers: [("Location", "dispatch.cer")], body: Data())
    case .failing: ServiceReply(status: 500, headers: [], body: Data())
    case .expired, .future, .selfSigned, .otherRoot, .otherName, .otherIssuer, .otherIssuerRoot:
      CallbackCertificates.reply(others[certificate] ?? [])
    }
  }

  private static func reply(_ bytes: [UInt8]) -> ServiceReply {
    ServiceReply(status: 200, headers: [("Content-Type", "application/pkix-cert")], body: Data(bytes))
  }
}
