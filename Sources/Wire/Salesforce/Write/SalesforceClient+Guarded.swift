import JSON
import Model

extension SalesforceClient {
  /// Subrequests that one composite request may carry.
  private static let compositeSize = 25

  /// Changes each record only if it is unmodified since its date; one result for each, in order.
  ///
  /// A record changed since is `.staleRecord` (R111), and nothing of it is written. The others go on (R112). A result
  /// that is missing from the answer is `.outcomeUnknown`.
  package func guardedUpdates(_ updates: [GuardedUpdate]) -> [Result<RowAnswer, ServiceError>] {
    eachValid(updates, checked: subrequest) { [self] valid in
      var results: [Result<RowAnswer, ServiceError>] = []
      var rest = valid[...]
      while !rest.isEmpty {
        results += repeating(Array(rest.prefix(Self.compositeSize)), send: composite)
        rest = rest.dropFirst(Self.compositeSize)
      }
      return results
    }
  }

  private func composite(_ subrequests: [JSONValue]) -> [Result<RowAnswer, ServiceError>] {
    let named = subrequests.enumerated().map { index, subrequest in
      JSONValue.object((subrequest.objectValue ?? []) + [JSONMember("referenceId", .string(Self.reference(index)))])
    }
    do throws(ServiceError) {
      var call = call(.post, root + "/composite")
      call.body = JSONValue.object([
        JSONMember("allOrNone", false), JSONMember("collateSubrequests", false),
        JSONMember("compositeRequest", .array(named)),
      ]).encoded()
      // The date makes a second attempt harmless: a record that the first one changed is stale for it.
      call.repeatability = .freely
      let response = try send(call)
      guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: true) }
      guard let answers = try answer.document(response)["compositeResponse"]?.arrayValue else {
        throw answer.malformed(response, "it answered a composite request with something else")
      }
      return subrequests.indices.map { index in
        result(answers.filter { $0["referenceId"]?.stringValue == Self.reference(index) }, subrequests[index], response)
      }
    } catch {
      return subrequests.map { _ in .failure(answer.unproved(error)) }
    }
  }

  private static func reference(_ index: Int) -> String { "update\(index)" }

  private func subrequest(_ update: GuardedUpdate) throws(ServiceError) -> JSONValue {
    guard let id = update.record.id, SOQL.isID(id) else {
      throw ServiceError(.salesforce, .requestRefused, "an update names no Salesforce id")
    }
    return [
      "method": "PATCH", "url": .string(root + "/sobjects/\(try name(update.record.object))/\(id)"),
      "httpHeaders": ["If-Unmodified-Since": .string(update.unmodifiedSince)],
      "body": .object(update.record.fields),
    ]
  }

  private func result(
    _ answers: [JSONValue], _ subrequest: JSONValue, _ response: Response
  ) -> Result<RowAnswer, ServiceError> {
    guard answers.count == 1, let status = answers[0]["httpStatusCode"]?.numberText.flatMap({ Int($0) }) else {
      return .failure(
        ServiceError(
          .salesforce, .outcomeUnknown, "Salesforce gave no single result for one of the updates",
          details: answer.details(response)))
    }
    if (200..<300).contains(status) {
      let id = subrequest["url"]?.stringValue?.split(separator: "/").last.map { String($0) }
      return .success(RowAnswer(id: id, isCreated: false, status: status, requestID: answer.requestID(response)))
    }
    let error = SalesforceError.error(status: status, body: answers[0]["body"], answer.details(response), answer)
    // The subrequest's own status counts here: a failure of the service leaves open what became of the record.
    var outcome = response
    outcome.status = status
    return .failure(error.considering(outcome, isWrite: true))
  }
}
