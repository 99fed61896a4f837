import ArgumentParser
import Logging

/// How a line of the log is written.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// `2026-11-02T02:15:00Z info 20261102T021500Z-abcd message key=value`.
  case text
  /// One JSON object a line.
  case json
}

/// From which importance on a line is written.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
  /// Also how long each part of a run took.
  case debug
  /// Also start and end, snapshots, writes and waits.
  case info
  /// What a command tells without a log.
  case notice
  /// Warnings and errors.
  case warning
  /// Errors alone.
  case error

  /// The level as the log takes it.
  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .notice: .notice
    case .warning: .warning
    case .error: .error
    }
  }
}
