import CryptoExtras
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import UnixSignals

/// Both services, their sign-in and the control API as one HTTP server on the loopback address.
package struct SandboxServer: Sendable {
  private let options: SandboxOptions
  private let exchange: Exchange

  /// The key of the Salesforce application: made anew in every process, since making one takes a good while.
  private static let privateKey = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation }

  /// Builds and fills the world, in memory.
  ///
  /// - Parameter options: the size and the seed of the world, the port, and the faults in force from the start.
  /// - Throws: when `options.faults` is not a list of fault rules, or when there is no memory for the database.
  package init(options: SandboxOptions) throws {
    self.options = options
    let identity = Identity(seed: options.seed, privateKey: try SandboxServer.privateKey.get())
    let queue = try DatabaseQueue()
    let rules = try options.faults.map { try Faults.parse($0) } ?? []
    try queue.write { db in
      try WorldSchema.create(in: db)
      try RowTables.create(in: db)
      try Population(db: db, options: options).fill()
      try Faults(world: World(db: db, identity: identity, origin: "")).add(rules)
    }
    exchange = Exchange(queue: queue, identity: identity)
  }

  /// Serves until the task is cancelled or the process is asked to terminate.
  ///
  /// - Parameter ready: gets the one line of JSON that tells how to reach the services, once they can be reached.
  /// - Throws: when the port cannot be bound.
  package func run(ready: @Sendable @escaping (String) -> Void) async throws {
    var logger = Logger(label: "sandbox")
    logger.logLevel = .critical
    let exchange = exchange
    let application = Application(
      responder: CallbackResponder<SocketContext> { request, context in
        try await SocketExchange(exchange: exchange, latency: options.latencyMilliseconds)
          .respond(to: request, on: context.channel)
      },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: options.port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? options.port
        ready(ReadyLine(origin: "http://127.0.0.1:\(port)", identity: exchange.identity).text)
      }, logger: logger)
    try await application.runService(gracefulShutdownSignals: [.sigterm])
  }
}
