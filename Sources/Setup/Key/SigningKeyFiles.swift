package import Foundation
package import Model
package import Workspace

/// The file of the key that signs in to Salesforce, and the certificate beside it.
///
/// What is there is never written over: a file that has to give way keeps its content under a dated name.
package struct SigningKeyFiles {
  /// What is there now, or was made.
  package struct Pair: Sendable {
    /// The key.
    package let key: SigningKey
    /// Its certificate.
    package let certificate: SigningCertificate
    /// Whether the key is new, so that Salesforce cannot know it yet.
    package let isNewKey: Bool
    /// Whether the certificate is new.
    package let isNewCertificate: Bool
    /// The paths under which older files were set aside.
    package let setAside: [String]
  }

  private let reference: CredentialReference
  /// The path of the key.
  package let keyPath: String
  /// The path of the certificate: the key's with the ending `.crt`.
  package let certificatePath: String

  /// The files of a reference; nil for one that names no file.
  package init?(_ reference: CredentialReference) {
    guard let path = reference.path else { return nil }
    self.reference = reference
    keyPath = path
    let url = URL(fileURLWithPath: path)
    let stem = url.pathExtension.lowercased() == "crt" ? url : url.deletingPathExtension()
    certificatePath = stem.appendingPathExtension("crt").path
  }

  /// The key and its certificate, made where they are missing.
  ///
  /// - Throws: `Failure` with `keyUnusable` for a file that holds no such key, and with `keyUnwritable`.
  package func complete(_ size: SigningKey.Size, now: Date) throws(Failure) -> Pair {
    guard let key = try existing() else {
      try reference.prepare(or: .keyUnwritable)
      let key = try SigningKey(size)
      let certificate = try key.certificate(now: now)
      try put(key.pem.reveal() + "\n", keyPath, by: PrivateFile.create)
      let aside = try store(certificate, now: now)
      return Pair(key: key, certificate: certificate, isNewKey: true, isNewCertificate: true, setAside: aside)
    }
    if let certificate = existingCertificate, key.fits(certificate) {
      return Pair(key: key, certificate: certificate, isNewKey: false, isNewCertificate: false, setAside: [])
    }
    let certificate = try key.certificate(now: now)
    let aside = try store(certificate, now: now)
    return Pair(key: key, certificate: certificate, isNewKey: false, isNewCertificate: true, setAside: aside)
  }

  /// A new key and certificate; those that were there are set aside.
  package func renew(_ size: SigningKey.Size, now: Date) throws(Failure) -> Pair {
    try reference.prepare(or: .keyUnwritable)
    let key = try SigningKey(size)
    let certificate = try key.certificate(now: now)
    let aside = try keep(keyPath, now: now)
    try put(key.pem.reveal() + "\n", keyPath, by: Self.replace)
    return Pair(
      key: key, certificate: certificate, isNewKey: true, isNewCertificate: true,
      setAside: aside + (try store(certificate, now: now)))
  }

  /// The key that is there; nil where there is no file.
  package func existing() throws(Failure) -> SigningKey? {
    guard Self.isThere(keyPath) else { return nil }
    guard let pem = try? reference.resolve(environment: [:]), let key = SigningKey(pem: pem) else {
      throw Failure(
        .keyUnusable, "\(reference): the file holds no RSA key of at least 2,048 bits in PEM form",
        fix: "put the right key there, or run `reconcile login salesforce --new-key`, which sets the file aside")
    }
    return key
  }

  /// The certificate that is there; nil where there is none that can be read.
  package var existingCertificate: SigningCertificate? {
    guard let data = FileManager.default.contents(atPath: certificatePath),
      let text = String(validating: data.prefix(1 << 16), as: UTF8.self)
    else { return nil }
    return SigningCertificate(pem: text)
  }

  /// Writes a certificate, and returns where the one that was there is set aside.
  private func store(_ certificate: SigningCertificate, now: Date) throws(Failure) -> [String] {
    let aside = try keep(certificatePath, now: now)
    try put(certificate.pem, certificatePath, by: Self.replace)
    return aside
  }

  private static func replace(_ path: String, _ text: String) throws(PrivateFile.WriteFailure) {
    try PrivateFile.replace(path, with: text)
  }

  private func put(
    _ text: String, _ path: String, by write: (String, String) throws(PrivateFile.WriteFailure) -> Void
  ) throws(Failure) {
    do throws(PrivateFile.WriteFailure) {
      try write(path, text)
    } catch {
      throw unwritable(path, error.reason)
    }
  }

  /// Gives a file that is there a second name with the time in it, under which its content stays, and returns that.
  private func keep(_ path: String, now: Date) throws(Failure) -> [String] {
    guard Self.isThere(path) else { return [] }
    let url = URL(fileURLWithPath: path)
    let target = "\(url.deletingPathExtension().path).\(Timestamp.compact(now)).\(url.pathExtension)"
    guard link(path, target) == 0 else { throw unwritable(target, String(cString: strerror(errno))) }
    return [target]
  }

  private func unwritable(_ path: String, _ reason: String) -> Failure {
    Failure(.keyUnwritable, "\(path) cannot be written: \(reason)", fix: "make its folder writable")
  }

  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
