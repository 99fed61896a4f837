import Extract
import Foundation
import Ledger
import Model
import Testing
import Wire

/// A partner's tenant is throttled as a whole, so that the number of requests is a promise.
@Suite("What a snapshot costs Partner Center")
struct RequestBudgetTests {
  /// A Partner Center with so many referrals, a hundred on a page.
  private final class Tenant: Transport {
    private let count: Int

    init(count: Int) { self.count = count }

    func send(_ requests: [Request]) -> [Result<Response, TransportError>] { requests.map { .success(answer($0)) } }

    private func answer(_ request: Request) -> Response {
      guard request.method == .get else {
        return json(#"{"access_token":"t","token_type":"Bearer","expires_in":"3600"}"#)
      }
      let first = request.url.split(separator: "=").last.flatMap { Int($0) } ?? 0
      let last = min(first + 100, count)
      let records = (first..<last).map { number in
        #"{"id":"\#(UUID(number))","organizationId":"o","createdDateTime":"2026-01-01T00:00:00Z"}"#
      }
      let next =
        last < count ? #","@odata.nextLink":"http://pc.example/v1.0/referrals?$skiptoken=\#(last)""# : ""
      return json(#"{"@odata.count":\#(count),"value":[\#(records.joined(separator: ","))]\#(next)}"#)
    }

    private func json(_ text: String) -> Response {
      Response(
        status: 200, headers: Headers([(name: "Content-Type", value: "application/json")]), body: Array(text.utf8))
    }
  }

  @Test("R116 ten thousand referrals take at most 105 requests, the sign-in included")
  func referrals() throws {
    let tally = RequestTally()
    let service = ReferralService(shape: Columns.referral, tally: tally) {
      let transport = RetryingTransport(Tenant(count: 10_000))
      let tokens = try PartnerCenterTokens(
        PartnerCenterTokens.Settings(
          urls: (api: "https://pc.example", login: "https://login.example"), tenant: "tenant",
          client: (id: "client", secret: Secret("a secret of some length")), refreshToken: Secret("a refresh token")),
        transport: transport, redaction: Redaction(), persist: { _ in })
      return PartnerCenterClient(transport: transport, tokens: tokens, redaction: Redaction())
    }
    let ids = try Collected(service).ids(.referral)
    #expect(Set(ids).count == 10_000)
    let requests = try #require(tally.cost[.partnerCenter]).requests
    #expect((100...105).contains(requests), "\(requests) requests")
  }
}

extension UUID {
  /// The identifier of a number.
  fileprivate init(_ number: Int) {
    let text = String(number)
    let digits = String(repeating: "0", count: 12 - text.count) + text
    self = UUID(uuidString: "00000000-0000-4000-8000-\(digits)") ?? UUID()
  }
}
