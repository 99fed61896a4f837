import GRDB

/// The refresh tokens of Partner Center: whose they are, how long they hold, and what replaces them.
struct RefreshTokens {
  let world: World

  /// Ninety days, counted anew with each use.
  private static let lifetime = 90 * 86400

  /// The principal behind a token, and the token that the sign-in answers with.
  ///
  /// - Throws: a `Refusal` 400 `invalid_grant` for a token that is unknown, over, or revoked; its `fields` hold the
  ///   number of Microsoft's error.
  func use(_ token: String) throws -> (principal: String, next: String) {
    let now = try world.now.seconds
    let found = try row(token)
    if found.isRevoked {
      throw refused(50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed.")
    }
    if now - found.used > RefreshTokens.lifetime {
      throw refused(700_082, "The refresh token has expired due to inactivity.")
    }
    try world.db.cachedStatement(sql: "UPDATE refresh_token SET used = ? WHERE value = ?").execute(arguments: [
      now, token,
    ])
    switch try world.partnerCenterSwitches.refreshTokens {
    case .keep: return (found.principal, token)
    case .rotate: break
    case .rotateUntilUsed: if let old = found.predecessor { try revoke(old) }
    case .rotateAndRevoke: try revoke(token)
    }
    let base = token.split(separator: "~", maxSplits: 1).first.map(String.init) ?? token
    let next = "\(base)~\(try world.next("refresh token"))"
    try add(next, principal: found.principal, at: now, predecessor: token)
    return (found.principal, next)
  }

  /// A token for a principal who has just signed in in person.
  func issue(to principal: String) throws -> String {
    let number = try world.next("refresh token")
    var random = SplitMix64(seed: world.identity.seed ^ 0xDE71_CE00, stream: UInt64(number))
    let token = "0.AX" + String(random.next(), radix: 36) + String(random.next(), radix: 36)
    try add(token, principal: principal, at: try world.now.seconds, predecessor: nil)
    return token
  }

  private struct Found {
    let principal: String
    let used: Int
    let predecessor: String?
    let isRevoked: Bool
  }

  private func row(_ token: String) throws -> Found {
    let first = [world.identity.partnerRefresh: "admin", world.identity.restrictedRefresh: "user"]
    if let principal = first[token] { try add(token, principal: principal, at: Stamp.start.seconds, predecessor: nil) }
    let row = try Row.fetchOne(
      world.db.cachedStatement(sql: "SELECT * FROM refresh_token WHERE value = ?"), arguments: [token])
    guard let row else { throw refused(9_002_313, "Invalid request. The refresh token is malformed or unknown.") }
    return Found(
      principal: row["principal"], used: row["used"], predecessor: row["predecessor"], isRevoked: row["revoked"])
  }

  private func add(_ token: String, principal: String, at moment: Int, predecessor: String?) throws {
    try world.db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO refresh_token(value, principal, used, predecessor, revoked) VALUES (?, ?, ?, ?, 0)
        """
    ).execute(arguments: [token, principal, moment, predecessor])
  }

  private func revoke(_ token: String) throws {
    try world.db.cachedStatement(sql: "UPDATE refresh_token SET revoked = 1 WHERE value = ?").execute(arguments: [token]
    )
  }

  private func refused(_ number: Int, _ message: String) -> Refusal {
    Refusal(status: 400, code: "invalid_grant", message: message, fields: [String(number)])
  }
}
