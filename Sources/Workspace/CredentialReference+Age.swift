package import Foundation

extension CredentialReference {
  /// Days after which Partner Center forgets a refresh token that was not renewed.
  package static let refreshTokenDays = 90

  /// Whole days since the file of the secret was last written; nil for a secret that is kept elsewhere.
  ///
  /// A refresh token's file is written by `login` and at every renewal, so that this is the token's age.
  package func age(now: Date) -> Int? {
    guard let path, let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let written = attributes[.modificationDate] as? Date
    else { return nil }
    return max(0, Int(now.timeIntervalSince(written) / 86_400))
  }

  /// Days that are left of a refresh token's life, 0 when it is over; nil when its age is unknown.
  package func refreshTokenDaysLeft(now: Date) -> Int? {
    age(now: now).map { max(0, Self.refreshTokenDays - $0) }
  }
}
