import Foundation
import Logging
import Model

/// The log of a command; it says nothing unless `--log-level` or `--log-format` asks for it.
///
/// It is told from several threads.
final class RunLog: Sendable {
  private let logger: Guarded<Logger>?

  /// No log.
  static let none = RunLog(nil)

  /// A log from that level on, whose lines go to `write`.
  convenience init(
    level: LogLevel, format: LogFormat, now: @escaping @Sendable () -> Date = { Date() },
    write: @escaping @Sendable (String) -> Void
  ) {
    self.init(
      Logger(label: "reconcile") { _ in
        LineLogHandler(level: level.level, format: format, now: now, write: write)
      })
  }

  private init(_ logger: Logger?) {
    self.logger = logger.map { Guarded($0) }
  }

  /// Whether anybody asked for it: then it takes the place of messages.
  var isOn: Bool { logger != nil }

  /// Lets every line from now on name the run.
  func begin(_ run: RunID) {
    logger?.withLock { $0[metadataKey: LineLogHandler.run] = "\(run)" }
  }

  /// Writes a line of a level.
  func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata = [:]) {
    logger?.withLock(\.self).log(level: level, "\(message)", metadata: metadata)
  }
}
