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
      if status != .done { throw ExitCode(status.rawValue) }
    } catch let failure as Failure {
      console.report(failure)
      throw ExitCode(failure.code.exitStatus.rawValue)
    } catch let failures as Failures {
      failures.list.forEach(console.report)
      throw ExitCode((failures.list.first?.code.exitStatus ?? .error).rawValue)
    }
  }
}

/// Several mistakes that were found in one pass.
struct Failures: Error {
  let list: [Failure]
}
