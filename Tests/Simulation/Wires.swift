import Model
import Sandbox
import Wire

/// The clients of both services, made as the program makes them, over the wire of the simulation.
///
/// One process runs in one thread; only the signatures that it shares with the real wire speak of several.
final class Wires: @unchecked Sendable {
  private let world: World
  private let life: Life
  private let run: RunID?

  init(_ world: World, _ life: Life, run: RunID?) {
    self.world = world
    self.life = life
    self.run = run
  }

  func partnerCenter() throws -> PartnerCenterClient {
    let transport = transport(RetryPolicy())
    let redaction = Redaction()
    let own = LocalSandbox.origin
    let tokens = try PartnerCenterTokens(
      PartnerCenterTokens.Settings(
        urls: (api: own + "/partner-center", login: own + "/login"), tenant: known("partner_center.tenant"),
        client: (id: known("partner_center.client_id"), secret: Secret(known("partner_center.client_secret"))),
        refreshToken: Secret(known("partner_center.refresh_token"))),
      transport: transport, redaction: redaction, persist: { _ in })
    return PartnerCenterClient(transport: transport, tokens: tokens, redaction: told(redaction))
  }

  func salesforce() throws -> SalesforceClient {
    let client = try Self.salesforce(world.sandbox, over: transport(.salesforce), told: told)
    client.describeCache = world.descriptions.cache
    return client
  }

  /// A client that signs in to a sandbox; `told` gives the redaction of what it says.
  private static func salesforce(
    _ sandbox: LocalSandbox, over transport: RetryingTransport, told: (Redaction) -> Redaction
  ) throws -> SalesforceClient {
    let redaction = Redaction()
    let credentials = sandbox.credentials
    let session = try SalesforceSession(
      loginURL: LocalSandbox.origin, clientID: credentials["salesforce.client_id"] ?? "",
      flow: .clientCredentials(secret: Secret(credentials["salesforce.client_secret"] ?? "")),
      wire: (transport, redaction))
    return SalesforceClient(transport: transport, session: session, redaction: told(redaction), apiVersion: "62.0")
  }

  private func transport(_ policy: RetryPolicy) -> RetryingTransport {
    RetryingTransport(
      SimulatedTransport(world, life, run: run), policy: policy,
      pacing: world.clock.pacing(world.dice, run: life.number))
  }

  private func told(_ redaction: Redaction) -> Redaction {
    world.mutants.contains(.noRedaction) ? Redaction() : redaction
  }

  private func known(_ name: String) -> String { world.sandbox.credentials[name] ?? "" }

  /// A client of a world in which nothing goes wrong.
  static func plain(_ sandbox: LocalSandbox) throws -> SalesforceClient {
    try salesforce(sandbox, over: RetryingTransport(PlainTransport(sandbox)), told: { $0 })
  }

  private final class PlainTransport: Transport {
    private let sandbox: LocalSandbox

    init(_ sandbox: LocalSandbox) {
      self.sandbox = sandbox
    }

    func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
      requests.map { request in
        let target = String(request.url.dropFirst(LocalSandbox.origin.count))
        guard
          let answer = try? sandbox.answer(
            request.method.rawValue, target, headers: request.headers, body: request.body ?? [])
        else { return .failure(TransportError(.unreachable, host: "127.0.0.1", mayHaveTakenEffect: false)) }
        return .success(Response(status: answer.status, headers: Headers(answer.headers), body: answer.body))
      }
    }
  }
}
