import Hummingbird
package import Ledger
import Logging
import Model
import NIOCore
import UnixSignals

/// Hears events of Partner Center, and queues the referrals that they name.
///
/// It serves plain HTTP: what stands before it ends the encryption. It writes to neither service and knows no secret.
package struct ListenServer: Sendable {
  private let settings: ListenSettings
  private let reception: Reception

  /// A listener that tells what comes, from any thread.
  package init(
    _ settings: ListenSettings, trust: CertificateTrust, queue: TouchedQueue,
    report: @escaping @Sendable (CallReport) -> Void
  ) {
    self.settings = settings
    reception = Reception(settings, trust: trust, writer: TouchWriter(queue), report: report)
  }

  /// Serves until the process is asked to terminate; calls that are under way are answered first.
  ///
  /// - Parameter ready: gets the address once it can be reached.
  /// - Throws: `Failure` with `listenerUnavailable` when the port cannot be had.
  package func run(ready: @escaping @Sendable (String) -> Void) async throws {
    var logger = Logger(label: "listen")
    logger.logLevel = .critical
    let reception = reception
    let settings = settings
    let hasBegun = Guarded(false)
    let application = Application(
      responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
        await reception.respond(to: request)
      },
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port), backlog: 1024),
      onServerRunning: { channel in
        hasBegun.withLock { $0 = true }
        let port = channel.localAddress?.port ?? settings.port
        let name = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        ready("http://\(name):\(port)\(settings.path)")
      }, logger: logger)
    do {
      try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    } catch {
      guard !hasBegun.withLock(\.self) else { throw error }
      throw Failure(
        .listenerUnavailable, "\(settings.host):\(settings.port) cannot be listened at: \(error)",
        fix: "pass another --host or --port, and tell the proxy")
    }
  }
}
