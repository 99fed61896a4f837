import Foundation

/// Runs the requests of a composite request or of one graph in their order.
struct CompositeRun {
  let service: SalesforceService

  private struct Halted: Error {}

  /// The answers in order; with `allOrNone` a failure takes back everything and halts the others.
  func answers(_ parts: [CompositePart], allOrNone: Bool) throws -> (list: [JSONValue], failed: Bool) {
    var answers: [JSONValue] = []
    do {
      try service.world.atomically {
        answers = try run(parts)
        if allOrNone && answers.contains(where: CompositeRun.isFailed) { throw Halted() }
      }
    } catch is Halted {
      answers = zip(parts, answers).map { part, answer in
        CompositeRun.isFailed(answer)
          ? answer
          : CompositeRun.halted(
            part.reference, "The transaction was rolled back since another operation in the same transaction failed.")
      }
    }
    return (answers, answers.contains(where: CompositeRun.isFailed))
  }

  private func run(_ parts: [CompositePart]) throws -> [JSONValue] {
    var known: [String: JSONValue] = [:]
    var answers: [JSONValue] = []
    for part in parts {
      do {
        let reply = try service.world.atomically { try service.part(try part.request(known)) }
        let body = reply.body.isEmpty ? JSONValue.null : (try? JSONParser.parse(reply.body)) ?? .null
        if reply.status < 300 { known[part.reference] = body }
        let headers = reply.headers.filter { $0.name != "Content-Type" }.map { ($0.name, JSONValue.string($0.value)) }
        answers.append(CompositeRun.answer(part.reference, reply.status, body, .object(JSONObject(headers))))
      } catch let refusal as Refusal {
        answers.append(CompositeRun.answer(part.reference, refusal.status, refusal.salesforceBody, [:]))
      }
    }
    return answers
  }

  private static func isFailed(_ answer: JSONValue) -> Bool { (answer["httpStatusCode"].int ?? 500) >= 400 }

  private static func answer(
    _ reference: String, _ status: Int, _ body: JSONValue, _ headers: JSONValue
  ) -> JSONValue {
    ["body": body, "httpHeaders": headers, "httpStatusCode": .int(status), "referenceId": .string(reference)]
  }

  static func halted(_ reference: String, _ message: String) -> JSONValue {
    answer(reference, 400, [["errorCode": "PROCESSING_HALTED", "message": .string(message)]], [:])
  }
}
