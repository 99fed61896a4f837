/// The certificates that callbacks can name: the right one, and those that must not be believed.
enum CallbackCertificate: String, Codable, CaseIterable {
  /// The right one.
  case dispatch
  /// The root that vouches for it.
  case root
  /// Its time is over.
  case expired
  /// Its time has not come.
  case future
  /// It vouches for itself.
  case selfSigned = "self-signed"
  /// Vouched for by a root that has the right one's name and another key.
  case otherRoot = "other-root"
  /// Issued for another name.
  case otherName = "other-name"
  /// Issued by another company.
  case otherIssuer = "other-issuer"
  /// The root of that company.
  case otherIssuerRoot = "other-issuer-root"
  /// The right one without its end.
  case truncated
  /// The right one with a megabyte behind it.
  case huge
  /// No certificate at all.
  case text
  /// Sends on to the right one.
  case redirect
  /// An error of the host.
  case failing

  /// Where it lies.
  func address(_ origin: String) -> String { "\(origin)/webhook/certificates/\(rawValue).cer" }
}
