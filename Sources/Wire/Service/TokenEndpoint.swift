import JSON
import Model

/// The OAuth token endpoint of a service: a form goes in, an object comes out.
struct TokenEndpoint {
  let side: Side
  let url: String
  /// What a person can do about a refusal.
  let remedy: (TokenRefusal) -> String
  let transport: RetryingTransport
  let redaction: Redaction

  /// Sends a form and returns the answer, which holds an access token.
  func ask(_ form: [(String, String)]) throws(Failure) -> JSONValue {
    let response = try post(form)
    let body = Self.body(of: response)
    guard response.isSuccess else { throw failure(response) }
    guard let body, body["access_token"]?.stringValue?.isEmpty == false else {
      throw Failure(.malformedAnswer, "\(side.title) answered a sign-in with something else than a token")
    }
    return body
  }

  /// Sends a form and returns whatever is answered.
  func post(_ form: [(String, String)]) throws(Failure) -> Response {
    let headers = [
      (name: "Content-Type", value: "application/x-www-form-urlencoded"), (name: "Accept", value: "application/json"),
    ]
    // Asking twice gives two tokens, which does no harm; a rotated refresh token stays valid until the new one is used.
    let request = Request(.post, url, headers: headers, body: Address.form(form), repeatability: .freely)
    guard let result = transport.send([request]).first else { throw Failure(.unreachable, "no answer came") }
    switch result {
    case .failure(let error):
      throw Failure(error.code, "signing in to \(side.title): \(error)")
    case .success(let response): return response
    }
  }

  /// The object in an answer; nil for one that holds none.
  static func body(of response: Response) -> JSONValue? {
    guard let body = try? JSONValue(parsing: response.body, limit: 1 << 20), body.objectValue != nil else { return nil }
    return body
  }

  /// What an answer says of a refusal.
  func refusal(_ response: Response) -> TokenRefusal {
    let body = Self.body(of: response)
    let text = body?["error_description"]?.stringValue ?? ""
    return TokenRefusal(
      error: redaction.clean(body?["error"]?.stringValue ?? "status \(response.status)"), text: redaction.clean(text))
  }

  /// The failure of an answer that is none of success.
  func failure(_ response: Response) -> Failure {
    switch response.status {
    case 429: return Failure(.throttled, "\(side.title) takes no more sign-ins for now")
    case 500...599: return Failure(.serviceFailed, "\(side.title) answered a sign-in with status \(response.status)")
    default:
      let refusal = refusal(response)
      return Failure(.signInRefused, "\(side.title) refused to sign in: \(refusal)", fix: remedy(refusal))
    }
  }

  /// The refresh token that an answer puts in place of `current`, kept by `persist` before anything uses it; nil when the
  /// answer brings none or the same.
  ///
  /// `key` is where the configuration names the token's file.
  func rotated(
    _ answer: JSONValue, from current: Secret?, key: String, persist: (Secret) throws -> Void
  ) throws(Failure) -> Secret? {
    guard let text = answer["refresh_token"]?.stringValue, !text.isEmpty, text != current?.reveal() else { return nil }
    let secret = Secret(text)
    redaction.learn(secret)
    do {
      try persist(secret)
    } catch {
      throw Failure(
        .secretUnwritable, "the new refresh token of \(side.title) cannot be kept",
        fix: "make the file of `\(key)` writable")
    }
    return secret
  }
}
