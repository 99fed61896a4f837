import Foundation
import GRDB

/// Both services as function calls: what the server answers, answered in the caller's thread, without sockets.
///
/// The world is that of `SandboxServer`; missing are the log of requests, and what a socket adds: delays, broken answers,
/// compression.
package final class LocalSandbox {
  /// An answer of a service.
  package struct Answer: Sendable {
    /// The HTTP status; 0 where a fault rule takes the whole answer away.
    package let status: Int
    /// The header lines.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]
  }

  /// Where the services seem to be.
  package static let origin = "http://127.0.0.1"

  private let exchange: Exchange

  /// A world without deals: users, stages and the catalogue of solutions.
  ///
  /// The same seed gives the same ids.
  package init(seed: UInt64) throws {
    var configuration = GRDB.Configuration()
    // The transaction of `trial` spans many requests.
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(configuration: configuration)
    try queue.write { db in
      try WorldSchema.create(in: db)
      try RowTables.create(in: db)
      try Population(db: db, options: SandboxOptions(seed: seed, referrals: 0, opportunities: 0)).fill()
    }
    var exchange = Exchange(queue: queue, identity: Identity(seed: seed, privateKey: ""), recording: nil)
    // Who calls it knows what was asked.
    exchange.keepsLog = false
    self.exchange = exchange
  }

  /// Runs `body` on the world as it stands, and then takes back everything that was done to it; a trial may hold another.
  package func trial<Result>(_ body: () throws -> Result) throws -> Result {
    try exchange.queue.writeWithoutTransaction { try $0.execute(sql: "SAVEPOINT trial") }
    let result = Swift.Result { try body() }
    try exchange.queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK TO trial; RELEASE trial") }
    return try result.get()
  }

  /// The answer to a request for one of the services or for the control API; `target` is path and query.
  package func answer(
    _ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) throws -> Answer {
    let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    let request = ServiceRequest(
      method: method, path: String(target[..<end]), query: String(target[end...].dropFirst()),
      headers: Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }, body: Data(body))
    let reply = try exchange.queue.writeWithoutTransaction { db in
      try db.atomically { try exchange.answer(request, db) }
    }.reply
    return Answer(status: reply.status, headers: reply.headers, body: Array(reply.body))
  }

  /// What the services hold, read past their interfaces: the columns of each row as text, null as the empty text.
  package func rows(_ sql: String, _ arguments: [String] = []) throws -> [[String]] {
    try exchange.queue.writeWithoutTransaction { db in
      let statement = try db.cachedStatement(sql: sql)
      let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
      return try Array(
        rows.map { row in row.databaseValues.map { $0.isNull ? "" : String.fromDatabaseValue($0) ?? $0.description } })
    }
  }

  /// What a client signs in with, by the names of reconcile.yaml: `partner_center.client_secret` and the like.
  package var credentials: [String: String] {
    [
      "partner_center.tenant": Identity.tenant, "partner_center.client_id": Identity.partnerClient,
      "partner_center.client_secret": exchange.identity.partnerSecret,
      "partner_center.refresh_token": exchange.identity.partnerRefresh,
      "partner_center.organization_id": Identity.organization, "salesforce.client_id": Identity.salesforceClient,
      "salesforce.client_secret": exchange.identity.salesforceSecret,
    ]
  }

  /// The services' clock, in seconds since 1970.
  package func now() throws -> Int {
    try exchange.queue.writeWithoutTransaction { db in
      try Int.fetchOne(db.cachedStatement(sql: "SELECT now FROM clock")) ?? 0
    }
  }

  /// Lets so many seconds pass for the services.
  package func advance(by seconds: Int) throws {
    try exchange.queue.writeWithoutTransaction { db in
      try db.cachedStatement(sql: "UPDATE clock SET now = now + ?").execute(arguments: [seconds])
    }
  }
}
