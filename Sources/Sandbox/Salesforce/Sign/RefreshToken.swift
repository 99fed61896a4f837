/// The refresh token and, with rotation on, the tokens that follow it.
///
/// A token stays good until its successor was used, so that an answer lost on the way locks nobody out.
struct RefreshToken {
  let world: World

  private static let used = "refresh token used"
  private static let longest = 10_000

  /// Takes a token and gives its successor; nil while tokens do not rotate.
  ///
  /// - Throws: a `Refusal` `invalid_grant` for a token that is unknown, revoked or replaced.
  func use(_ token: String) throws -> String? {
    guard let number = number(of: token), number >= (try world.value(ofCounter: RefreshToken.used)) else {
      throw Refusal(status: 400, code: "invalid_grant", message: "expired access/refresh token")
    }
    try world.set(counter: RefreshToken.used, to: number)
    return try world.switches.isOn(.rotateRefreshTokens) ? value(number + 1) : nil
  }

  /// Ends a token and its successors; false when it is none.
  func revoke(_ token: String) throws -> Bool {
    guard number(of: token) != nil else { return false }
    try world.set(counter: RefreshToken.used, to: RefreshToken.longest)
    return true
  }

  private func value(_ number: Int) -> String {
    let first = world.identity.salesforceRefresh
    if number == 0 { return first }
    var random = SplitMix64(seed: world.identity.seed ^ 0x2EF2_E54A, stream: UInt64(number))
    return "\(first).\(number).\(String(random.next(), radix: 36))"
  }

  private func number(of token: String) -> Int? {
    let parts = token.split(separator: ".")
    let number = parts.count == 3 ? Int(parts[1]) ?? 0 : 0
    return (0..<RefreshToken.longest).contains(number) && token == value(number) ? number : nil
  }
}
