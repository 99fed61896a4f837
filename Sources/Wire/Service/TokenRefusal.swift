/// What a token endpoint says of a sign-in that it refused, without secrets.
struct TokenRefusal: Hashable, CustomStringConvertible {
  /// The code of OAuth, such as `invalid_grant`.
  let error: String
  /// The service's own words; empty where it gives none.
  let text: String

  var description: String { text.isEmpty ? error : "\(error): \(text)" }
}
