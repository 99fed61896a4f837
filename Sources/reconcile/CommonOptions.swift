import ArgumentParser
import Foundation
import Model
import Wire
import Workspace

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The workspace's folder; else RECONCILE_WORKSPACE, else the current folder.", completion: .directory)
  var workspace: String?

  @Flag(name: .long, help: "Print data as JSON lines.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing but data and errors.")
  var quiet = false

  @Option(
    name: .long,
    help: "Write a log to standard error, from this level on; by default notice with --log-format, else none.")
  var logLevel: LogLevel?

  @Option(name: .long, help: "How a line of the log is written; text by default.")
  var logFormat: LogFormat?

  /// The console that these options ask for.
  ///
  /// Each call makes one of its own.
  var console: Console { Console(isJSON: json, isQuiet: quiet, log: log) }

  private var log: RunLog {
    guard logLevel != nil || logFormat != nil else { return .none }
    return RunLog(level: logLevel ?? .notice, format: logFormat ?? .text, write: Console.writeLog)
  }
}

extension ParsableCommand {
  /// Runs a command's body, and turns a failure into its message and exit status.
  func reporting(_ console: Console, _ body: () throws -> ExitStatus) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let name = Self._commandName
    console.log.begins(name)
    let end = try ending(console, body)
    console.log.ends(name, end, after: clock.now - start)
    if end != .done { throw ExitCode(end.rawValue) }
  }
}

extension ParsableCommand {
  /// How a command's body ends the process, once its failures are told.
  private func ending(_ console: Console, _ body: () throws -> ExitStatus) throws -> ExitStatus {
    do {
      let status = try body()
      guard let loss = console.failure else { return status }
      console.report(loss)
      return status.withoutOutput
    } catch {
      guard let failures = Failures(error) else { throw error }
      failures.list.forEach(console.report)
      return failures.exit
    }
  }
}

extension ExitStatus {
  /// How the process ends when its data did not get out: nobody may take that for a success.
  fileprivate var withoutOutput: ExitStatus {
    switch self {
    case .done, .changes, .waiting: .error
    case .error, .someFailed, .safetyStop, .locked, .signIn, .incomplete, .usage, .configuration, .interrupted: self
    }
  }
}

/// Several mistakes that were found in one pass.
struct Failures: Error {
  let list: [Failure]

  init(list: [Failure]) {
    self.list = list
  }

  /// What an error tells a person; nil when it is not one of ours.
  init?(_ error: any Error) {
    switch error {
    case let failures as Failures: self = failures
    case let failure as Failure: list = [failure]
    case let error as ServiceError: list = [error.failure]
    case let mistakes as ConfigurationMistakes: list = mistakes.failures
    default: return nil
    }
  }

  /// How a process ends with them.
  var exit: ExitStatus { list.first?.code.exitStatus ?? .error }
}
