import Foundation
package import JSON
import Model

/// The referrals of Partner Center: reading lists and records, changing and creating.
package final class PartnerCenterClient {
  /// Where every list, and every page of one, is found.
  static let listPath = "/v1.0/engagements/referrals"

  let channel: ServiceChannel
  let answer: JSONAnswer

  /// A client that signs in with `tokens` and sends over `transport`.
  package init(transport: RetryingTransport, tokens: any SignIn, redaction: Redaction) {
    channel = ServiceChannel(.partnerCenter, transport: transport, signIn: tokens)
    answer = JSONAnswer(side: .partnerCenter, redaction: redaction, requestIDHeader: "request-id")
  }

  /// What the run has cost so far.
  package var counter: RequestCounter { channel.transport.counter }

  /// Signs in, if that has not been done.
  package func signIn() throws(ServiceError) { _ = try channel.origin() }

  /// Lets lanes have their requests sent side by side.
  package func share(_ lanes: Lanes) { channel.share(lanes) }

  /// One referral as it is now.
  package func get(_ id: String) throws(ServiceError) -> JSONValue {
    guard let result = get([id]).first else { throw ServiceError(.partnerCenter, .unreachable, "no answer came") }
    return try result.get()
  }

  /// Several referrals as they are now, one result for each id.
  package func get(_ ids: [String]) -> [Result<JSONValue, ServiceError>] {
    let targets = ids.map { id in Result { () throws(ServiceError) in try Self.target(id) } }
    var answers = channel.send(targets.compactMap { try? call(.get, $0.get()) })[...]
    return targets.map { target in
      Result { () throws(ServiceError) in
        _ = try target.get()
        guard let answer = answers.popFirst() else {
          throw ServiceError(.partnerCenter, .unreachable, "no answer came")
        }
        return try read(answer.get(), isWrite: false)
      }
    }
  }

  static func target(_ id: String) throws(ServiceError) -> String {
    listPath + "/" + (try PathSegment.of(id, on: .partnerCenter))
  }

  /// Changes a referral by JSON Patch `operations` if its tag still is `eTag`, quotes included (R111).
  ///
  /// A stale tag is `.staleRecord`; a lost answer, or one that cannot be read, is `.outcomeUnknown`. The body of the
  /// answer is the referral afterwards, or nil where the service sends none. Without a tag, or with an operation that
  /// the service does not know, nothing is sent: it takes `add` and `replace` only, and whoever takes an element away
  /// replaces its whole array.
  package func patch(_ id: String, eTag: String, operations: JSONValue) throws(ServiceError) -> WriteAnswer {
    guard !eTag.isEmpty else {
      throw ServiceError(.partnerCenter, .requestRefused, "a change names no version to write under")
    }
    guard let list = operations.arrayValue, list.allSatisfy(Self.isKnown) else {
      throw ServiceError(.partnerCenter, .requestRefused, "a change has an operation other than add and replace")
    }
    var call = call(.patch, try Self.target(id))
    call.headers += [(name: "If-Match", value: eTag), (name: "Prefer", value: "return=representation")]
    call.body = operations.encoded()
    // The tag makes a second attempt harmless: after a first one that took effect it is stale.
    call.repeatability = .freely
    return try write(call)
  }

  /// Creates a referral; never sent again without proof that the first attempt had no effect.
  package func create(_ referral: JSONValue) throws(ServiceError) -> WriteAnswer {
    var call = call(.post, Self.listPath)
    call.body = referral.encoded()
    let answer = try write(call)
    guard answer.body?["id"]?.stringValue?.isEmpty == false else {
      throw ServiceError(
        .partnerCenter, .outcomeUnknown, "Partner Center took a new referral without telling its id",
        details: .init(status: answer.status, requestID: answer.requestID))
    }
    return answer
  }

  private static func isKnown(_ operation: JSONValue) -> Bool {
    switch operation["op"]?.stringValue {
    case "add", "replace": operation["path"]?.stringValue?.hasPrefix("/") == true
    case .some, nil: false
    }
  }

  /// What the service's addresses begin with.
  func origin() throws(ServiceError) -> String { try channel.origin() }

  func call(_ method: Request.Method, _ target: String) -> Call {
    // One identifier under both names: the service asks for the first, Microsoft's own connector sends the second. It
    // stays the same when the call is repeated, so that the service's log shows the tries as one.
    let id = UUID().uuidString.lowercased()
    return Call(
      method: method, target: target,
      headers: [(name: "client-request-id", value: id), (name: "MS-CorrelationId", value: id)],
      repeatability: method == .get ? .freely : .onlyWithoutEffect, isWrite: method != .get)
  }

  /// The document of an answer, or the error in it.
  func read(_ response: Response, isWrite: Bool) throws(ServiceError) -> JSONValue {
    guard response.isSuccess else { throw PartnerCenterError.error(response, answer, isWrite: isWrite) }
    return try answer.document(response)
  }

  private func write(_ call: Call) throws(ServiceError) -> WriteAnswer {
    let response = try channel.send(call)
    let requestID = answer.requestID(response)
    if response.status == 204 { return WriteAnswer(status: 204, requestID: requestID, body: nil) }
    do {
      let body = try read(response, isWrite: true)
      return WriteAnswer(status: response.status, requestID: requestID, body: body)
    } catch {
      throw answer.unproved(error)
    }
  }
}
