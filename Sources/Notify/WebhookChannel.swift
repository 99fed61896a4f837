import Foundation
import JSON
import Model
import Wire
import Workspace

/// Tells by HTTP, at an address that is a secret.
struct WebhookChannel: Channel {
  let kind = ChannelKind.webhook
  let reference: CredentialReference
  let shape: WebhookShape
  let seconds: Int
  let pacing: Pacing
  let environment: [String: String]

  /// What a failure calls the service: its name may be part of the secret.
  private static let name = "the webhook"
  /// The longest wait that a service may ask for.
  private static let patience = 5.0

  func deliver(_ notice: Notice) -> Delivery {
    do {
      let address = try reference.resolve(environment: environment)
      guard CurlTransport.isSafe(address.reveal()) else {
        throw Failure(
          .webhookAddressWrong, "\(reference): what it holds is no address to which a notice may be sent",
          fix: "it must be https://…; plain http:// is accepted for this machine only")
      }
      try post(notice.message(for: shape).encoded(), to: address)
      return .done
    } catch let failure as Failure {
      return .failed(failure)
    } catch {
      return .failed(failure("the notice cannot be sent"))
    }
  }

  private func post(_ body: [UInt8], to address: Secret) throws {
    let headers = [(name: "Content-Type", value: "application/json"), (name: "Accept", value: "*/*")]
    let request = Request(.post, address.reveal(), headers: headers, body: body)
    let response: Response
    switch transport.send([request]).first {
    case .success(let answer)?: response = answer
    case .failure(let error)?: throw failure(Self.sentence(error))
    case nil: throw failure("\(Self.name) gave no answer")
    }
    guard response.isSuccess else { throw failure("\(Self.name) refused the notice with status \(response.status)") }
  }

  /// A transport that tries a second time where nothing can have been told the first time.
  private var transport: RetryingTransport {
    var limits = TransportLimits()
    limits.connectMilliseconds = seconds * 1000
    limits.totalMilliseconds = seconds * 1000
    limits.bodyBytes = 1 << 20
    var policy = RetryPolicy()
    policy.attempts = 2
    policy.capSeconds = Self.patience
    policy.retryAfterCapSeconds = Self.patience
    return RetryingTransport(CurlTransport(limits: limits), policy: policy, pacing: pacing)
  }

  /// What went wrong on the way, without the service's name.
  private static func sentence(_ error: TransportError) -> String {
    switch error.reason {
    case .refusedRedirect: "\(name) redirects elsewhere, where nothing is sent"
    case .unreachable, .timedOut, .tlsFailed, .cutOff, .truncated, .tooLarge, .plainHTTP, .badAddress, .malformed,
      .abandoned, .spent:
      TransportError(error.reason, host: name, mayHaveTakenEffect: error.mayHaveTakenEffect).description
    }
  }

  private func failure(_ sentence: String) -> Failure {
    Failure(.noticeWebhookFailed, "\(reference): \(sentence)", fix: "try it with `reconcile notify test`")
  }
}
