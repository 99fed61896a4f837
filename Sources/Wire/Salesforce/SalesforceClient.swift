package import JSON
import Model

/// One Salesforce org: queries, descriptions, and writes of one record or many.
package final class SalesforceClient {
  let channel: ServiceChannel
  let answer: JSONAnswer
  /// The path that all others begin with, such as `/services/data/v62.0`.
  let root: String

  /// A client for one API version, such as `62.0`.
  package init(transport: RetryingTransport, session: any SignIn, redaction: Redaction, apiVersion: String) {
    channel = ServiceChannel(.salesforce, transport: transport, signIn: session)
    answer = JSONAnswer(side: .salesforce, redaction: redaction, requestIDHeader: "X-Request-Id")
    root = "/services/data/v" + Address.escaped(apiVersion)
  }

  /// What the run has cost so far.
  package var counter: RequestCounter { channel.transport.counter }

  /// The rows of a query, page by page.
  ///
  /// Names in it must have come through `SOQL`.
  package func query(_ soql: String) -> SalesforcePages {
    SalesforcePages(self, target: root + "/query?q=" + Address.escaped(soql))
  }

  /// How many records of an object the user may see, counted now.
  package func count(_ object: String) throws(ServiceError) -> Int {
    let soql = "SELECT COUNT() FROM " + (try name(object))
    let call = call(.get, root + "/query?q=" + Address.escaped(soql))
    let response = try send(call)
    guard let total = try document(response)["totalSize"]?.numberText.flatMap({ Int($0) }) else {
      throw answer.malformed(response, "it answered a count without a number")
    }
    return total
  }

  /// What an object's fields are.
  package func describe(_ object: String) throws(ServiceError) -> ObjectDescription {
    let response = try send(call(.get, root + "/sobjects/\(try name(object))/describe"))
    guard let description = ObjectDescription(try document(response)) else {
      throw answer.malformed(response, "it answered a describe call with something else")
    }
    return description
  }

  /// Records as they are now, in the order of their ids; nil for one that is gone or not visible.
  ///
  /// Up to 2,000 ids make one request. Unlike a failed request, a missing record is no error.
  package func retrieve(
    _ object: String, ids: [String], fields: [String]
  ) throws(ServiceError) -> [JSONValue?] {
    var records: [JSONValue?] = []
    let names = try fields.map { (field) throws(ServiceError) in JSONValue.string(try name(field)) }
    var rest = ids[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(2000)
      rest = rest.dropFirst(2000)
      var call = call(.post, root + "/composite/sobjects/\(try name(object))")
      call.body = JSONValue.object([
        JSONMember("ids", .array(chunk.map { .string($0) })), JSONMember("fields", .array(names)),
      ]).encoded()
      call.repeatability = .freely
      call.isWrite = false
      let response = try send(call)
      guard let rows = try document(response).arrayValue, rows.count == chunk.count else {
        throw answer.malformed(response, "it answered with another number of records than was asked for")
      }
      records += rows.map { $0.isNull ? nil : $0 }
    }
    return records
  }

  func call(_ method: Request.Method, _ target: String) -> Call {
    Call(
      method: method, target: target, headers: [(name: "Sforce-Call-Options", value: "client=reconcile")],
      repeatability: method == .get ? .freely : .onlyWithoutEffect, isWrite: method != .get)
  }

  /// Sends a call and notes the quota that the answer reports.
  func send(_ call: Call) throws(ServiceError) -> Response {
    let response = try channel.send(call)
    channel.transport.note(response.headers["Sforce-Limit-Info"].flatMap { RequestCounter.Limit(header: $0) })
    return response
  }

  /// The document in an answer to a read, or the error in it.
  func document(_ response: Response) throws(ServiceError) -> JSONValue {
    guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: false) }
    return try answer.document(response)
  }

  /// A name that may stand in a path or a query.
  func name(_ text: String) throws(ServiceError) -> String {
    do {
      return try SOQL.identifier(text)
    } catch {
      throw ServiceError(.salesforce, error)
    }
  }
}
