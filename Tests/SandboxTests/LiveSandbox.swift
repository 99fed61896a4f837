import CryptoExtras
import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

/// A running sandbox and its addresses, for the length of one test.
struct LiveSandbox: Sendable {
  let ready: JSONValue

  var partnerCenter: JSONValue { ready["partner_center"] }
  var salesforce: JSONValue { ready["salesforce"] }
  var referrals: String { text(partnerCenter["api_url"]) + "/v1.0/engagements/referrals" }
  var data: String { text(salesforce["instance_url"]) + "/services/data/v62.0" }
  var control: String { text(salesforce["instance_url"]) + "/_sandbox" }

  func text(_ value: JSONValue) -> String { value.string ?? "" }

  /// Starts a sandbox, runs the body against it, and stops it.
  static func run(
    referrals: Int = 40, opportunities: Int = 40, seed: UInt64 = 1, faults: Data? = nil,
    _ body: @Sendable (LiveSandbox) async throws -> Void
  ) async throws {
    let options = SandboxOptions(seed: seed, referrals: referrals, opportunities: opportunities, faults: faults)
    try await run(SandboxServer(options: options), body)
  }

  /// Starts a server, runs the body against it, and stops it.
  static func run(_ server: SandboxServer, _ body: @Sendable (LiveSandbox) async throws -> Void) async throws {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    try await withTaskExecutorPreference(Quarters.shared) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run { continuation.yield($0) } }
        var iterator = lines.makeAsyncIterator()
        let line = try #require(await iterator.next())
        #expect(!line.contains("\n"))
        try await body(LiveSandbox(ready: try JSONParser.parse(line)))
        group.cancelAll()
      }
    }
  }

  /// Sends one request; the body is JSON, or a form when it is a text.
  func send(
    _ method: String, _ url: String, _ body: JSONValue? = nil, token: String? = nil, headers: [String: String] = [:]
  ) async throws -> Answer {
    var request = URLRequest(url: try #require(URL(string: url)))
    request.httpMethod = method
    request.timeoutInterval = TimeInterval(Patience.seconds)
    request.cachePolicy = .reloadIgnoringLocalCacheData
    if let token { request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization") }
    if case .string(let form)? = body {
      request.httpBody = Data(form.utf8)
      request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    } else if let body {
      request.httpBody = body.data
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (data, response) = try await session.data(for: request)
    return Answer(data: data, response: try #require(response as? HTTPURLResponse))
  }

  /// Sets switches of a group of the control API.
  func set(_ group: String, _ switches: JSONValue) async throws {
    let answer = try await send("POST", "\(control)/\(group)", ["set": switches])
    #expect(answer.status == 200, "\(answer.text)")
  }

  /// Signs in to Partner Center, by default for referrals.
  func partnerToken(
    refresh: String? = nil, audience: String = "https://api.partner.microsoft.com"
  ) async throws -> String {
    let answer = try await send("POST", partnerTokenURL, .string(partnerForm(refresh: refresh, audience: audience)))
    return try #require(answer.json["access_token"].string)
  }

  var partnerTokenURL: String {
    "\(text(partnerCenter["login_url"]))/\(text(partnerCenter["tenant"]))/oauth2/v2.0/token"
  }

  func partnerForm(
    secret: String? = nil, refresh: String? = nil, audience: String = "https://api.partner.microsoft.com"
  ) -> String {
    "grant_type=refresh_token&client_id=\(text(partnerCenter["client_id"]))"
      + "&client_secret=\(secret ?? text(partnerCenter["client_secret"]))"
      + "&refresh_token=\(refresh ?? text(partnerCenter["refresh_token"]))&scope=\(audience)/.default"
  }

  /// Signs in to Salesforce with client credentials.
  func session() async throws -> String {
    let form =
      "grant_type=client_credentials&client_id=\(text(salesforce["client_id"]))"
      + "&client_secret=\(text(salesforce["client_secret"]))"
    let url = text(salesforce["login_url"]) + "/services/oauth2/token"
    return try #require(try await send("POST", url, .string(form)).json["access_token"].string)
  }

  /// An assertion of the JWT bearer grant, with claims replaced by name.
  func assertion(_ changes: [String: JSONValue] = [:], key: String? = nil) throws -> String {
    var claims = JSONObject([
      ("iss", salesforce["client_id"]), ("sub", salesforce["username"]), ("aud", "https://login.salesforce.com"),
      ("exp", .int(Int(Date().timeIntervalSince1970) + 180)),
    ])
    for (name, value) in changes { claims[name] = value }
    let head = LiveSandbox.base64("{\"alg\":\"RS256\"}".utf8)
    let signed = head + "." + LiveSandbox.base64(JSONValue.object(claims).bytes)
    let pem = key ?? text(salesforce["private_key_pem"])
    let signer = try _RSA.Signing.PrivateKey(pemRepresentation: pem)
    let signature = try signer.signature(for: Data(signed.utf8), padding: .insecurePKCS1v1_5)
    return signed + "." + LiveSandbox.base64(signature.rawRepresentation)
  }

  private static func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// All own referrals, page by page, with the paths of broken links repaired.
  func allReferrals(_ token: String) async throws -> [JSONValue] {
    var found: [JSONValue] = []
    var next: String? = referrals
    while let url = next {
      let page = try await send(
        "GET", url.replacing("v1.0/referrals", with: "v1.0/engagements/referrals"), token: token)
      #expect(page.status == 200)
      found += page.json["value"].array ?? []
      next = page.json["@odata.nextLink"].string
    }
    return found
  }

  func query(_ soql: String, _ token: String, headers: [String: String] = [:]) async throws -> Answer {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    let encoded = try #require(soql.addingPercentEncoding(withAllowedCharacters: allowed))
    return try await send("GET", "\(data)/query?q=\(encoded)", token: token, headers: headers)
  }
}

/// What came back.
struct Answer: Sendable {
  let status: Int
  let headers: [String: String]
  let json: JSONValue
  let text: String

  init(data: Data, response: HTTPURLResponse) {
    status = response.statusCode
    headers = Dictionary(
      response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") },
      uniquingKeysWith: { first, _ in first })
    text = String(decoding: data, as: UTF8.self)
    json = (try? JSONParser.parse(data)) ?? .null
  }

  /// The code of a Salesforce error, of a Partner Center error, or of a sign-in error.
  var code: String? { json[0]["errorCode"].string ?? json["error"]["code"].string ?? json["error"].string }
}
