import CryptoExtras
package import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import UnixSignals

/// Both services, their sign-in and the control API as one HTTP server on the loopback address.
package struct SandboxServer: Sendable {
  private let port: Int
  private let latency: Int
  private let exchange: Exchange

  /// The key of the Salesforce application: made anew in every process, since making one takes a good while.
  private static let privateKey = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation }

  /// Builds and fills the world, in memory.
  ///
  /// - Parameter options: the size and the seed of the world, the port, and the faults in force from the start.
  /// - Throws: `SandboxFailure.faults` when `options.faults` is not a list of fault rules; another error when there is
  ///   no memory for the database.
  package init(options: SandboxOptions) throws {
    try self.init(options, playing: nil)
  }

  /// Plays a recorded conversation instead of a made-up world.
  ///
  /// - Parameters:
  ///   - folder: the folder of the recording.
  ///   - options: the port, the latency, and the faults in force from the start; the other options are not looked at.
  /// - Throws: `SandboxFailure.recording` for a folder that holds no recording or a damaged one, and what
  ///   `init(options:)` throws.
  package init(replaying folder: URL, options: SandboxOptions) throws {
    try self.init(options, playing: try Recording(folder: folder))
  }

  private init(_ options: SandboxOptions, playing recording: Recording?) throws {
    port = options.port
    latency = options.latencyMilliseconds
    let identity = Identity(seed: options.seed, privateKey: try SandboxServer.privateKey.get())
    let queue = try DatabaseQueue()
    let rules = try SandboxServer.rules(options.faults)
    try queue.write { db in
      try WorldSchema.create(in: db)
      if recording == nil {
        try RowTables.create(in: db)
        try Population(db: db, options: options).fill()
      }
      try Faults(world: World(db: db, identity: identity, origin: "")).add(rules)
    }
    exchange = Exchange(queue: queue, identity: identity, recording: recording)
  }

  private static func rules(_ data: Data?) throws -> [FaultRule] {
    do {
      return try data.map { try Faults.parse($0) } ?? []
    } catch let refusal as Refusal {
      throw SandboxFailure.faults(refusal.message)
    }
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
        try await SocketExchange(exchange: exchange, latency: latency)
          .respond(to: request, on: context.channel)
      },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? self.port
        let line = ReadyLine(
          origin: "http://127.0.0.1:\(port)", identity: exchange.identity, recorded: exchange.recording?.settings)
        ready(line.text)
      }, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.runService(gracefulShutdownSignals: [.sigterm]) }
      group.addTask {
        for await _ in exchange.callbacks.stream { await exchange.courier.deliver(isDue: true) }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
