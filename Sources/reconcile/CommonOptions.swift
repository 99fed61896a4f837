import ArgumentParser
import Foundation
import Model

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

  /// The console that these options ask for.
  var console: Console { Console(isJSON: json, isQuiet: quiet) }
}

extension ParsableCommand {
  /// Runs a command's body, and turns a failure into its message and exit status.
  func reporting(_ console: Console, _ body: () throws -> ExitStatus) throws {
    do {
      let status = try body()
      let loss = console.failure
      if let loss { console.report(loss) }
      let end = loss == nil ? status : status.withoutOutput
      if end != .done { throw ExitCode(end.rawValue) }
    } catch {
      guard let failures = Failures(error) else { throw error }
      failures.list.forEach(console.report)
      throw ExitCode(failures.exit.rawValue)
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
    default: return nil
    }
  }

  /// How a process ends with them.
  var exit: ExitStatus { list.first?.code.exitStatus ?? .error }
}
