package import JSON
import Model

/// One Salesforce org: queries, descriptions, and writes of one record or many.
package final class SalesforceClient {
  let channel: ServiceChannel
  let answer: JSONAnswer
  /// The path that all others begin with, such as `/services/data/v62.0`.
  let root: String
  /// The app and user as whom the session signs in; empty where it does not tell.
  let identity: String
  /// The objects described so far.
  var descriptions: [String: ObjectDescription] = [:]

  /// Rows above which a query becomes a bulk job.
  package var bulkQueryThreshold = 20_000
  /// Records of one object from which on an update becomes a bulk job.
  package var bulkWriteThreshold = 2_000
  /// Percent of the calls allowed in 24 hours after which nothing more is sent; nil for no such limit.
  package var dailyUsagePercent: Int?
  /// Whether minutes are waited while too many long calls run at once in the org.
  package var waitsWhenCrowded = true
  /// Where descriptions are kept from run to run; nil for nowhere.
  package var describeCache: DescribeCache?

  /// A client for one API version, such as `62.0`.
  package init(transport: RetryingTransport, session: any SignIn, redaction: Redaction, apiVersion: String) {
    channel = ServiceChannel(.salesforce, transport: transport, signIn: session)
    answer = JSONAnswer(side: .salesforce, redaction: redaction, requestIDHeader: "X-Request-Id")
    root = "/services/data/v" + Address.escaped(apiVersion)
    identity = (session as? SalesforceSession)?.identity ?? ""
  }

  /// What the run has cost so far.
  package var counter: RequestCounter { channel.transport.counter }

  /// Signs in, if that has not been done.
  package func signIn() throws(ServiceError) { _ = try channel.origin() }

  /// Lets lanes have their requests sent side by side.
  package func share(_ lanes: Lanes) { channel.share(lanes) }

  /// The rows of a query, page by page.
  ///
  /// Names in it must have come through `SOQL`.
  package func query(_ soql: String) -> SalesforcePages {
    SalesforcePages(self, target: root + "/query?q=" + Address.escaped(soql))
  }

  /// How many records of an object the user may see, counted now.
  package func count(_ object: String) throws(ServiceError) -> Int {
    let soql = "SELECT COUNT() FROM \(try SOQL.name(object))"
    let call = call(.get, root + "/query?q=" + Address.escaped(soql))
    let response = try send(call)
    guard let total = try document(response)["totalSize"]?.numberText.flatMap({ Int($0) }) else {
      throw answer.malformed(response, "it answered a count without a number")
    }
    return total
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

  /// The document in an answer to a read, or the error in it.
  func document(_ response: Response) throws(ServiceError) -> JSONValue {
    guard response.isSuccess else { throw SalesforceError.error(response, answer, isWrite: false) }
    return try answer.document(response)
  }

  /// A name that may stand in a path or a query.
  func name(_ text: String) throws(ServiceError) -> String { try SOQL.name(text) }
}
