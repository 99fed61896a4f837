import ArgumentParser
import Foundation
import Model
import Sandbox

/// `reconcile sandbox`: both services as one server on this machine, until it is told to stop.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Serve a Partner Center and a Salesforce org of made-up deals on this machine.",
    discussion: """
      Prints one JSON line when it is ready: addresses, credentials, and the files of a workspace that works against it.

      Example:
        reconcile sandbox --port 8085 --workspace try-it
      """)

  @Option(help: "The port on 127.0.0.1; 0 takes any free one.") var port = 0
  @Option(help: "The same seed gives the same deals.") var seed: UInt64 = 1
  @Option(help: "How many referrals.") var referrals = 200
  @Option(help: "How many opportunities.") var opportunities = 200
  @Option(name: .customLong("latency-ms"), help: "How long each answer waits, in milliseconds.") var latency = 0
  @Option(help: "A JSON file of fault rules, as POST /_sandbox/faults takes them.", completion: .file()) var faults:
    String?
  @Option(
    help: "Play the recorded conversation of this folder instead of making up deals.", completion: .directory)
  var replay: String?
  @Option(help: "Write the files of a workspace that works against it into this folder.", completion: .directory)
  var workspace: String?
  @Option(
    name: .customLong("export"),
    help: ArgumentHelp("Write the deals as exported files into a folder instead of serving.", visibility: .hidden))
  var export: String?
  @Option(help: ArgumentHelp("Of which night the exported files are: 1 or more.", visibility: .hidden)) var night = 1

  func validate() throws {
    guard referrals >= 0, opportunities >= 0, latency >= 0, (0...65535).contains(port) else {
      throw ValidationError("numbers must not be negative, and a port is at most 65535")
    }
  }

  func run() async throws {
    let rules = try faults.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ValidationError("\(path) cannot be read")
      }
      return data
    }
    let options = SandboxOptions(
      port: port, seed: seed, referrals: referrals, opportunities: opportunities, latencyMilliseconds: latency,
      faults: rules)
    if let export {
      try ExportedFiles.write(to: URL(fileURLWithPath: export, isDirectory: true), options: options, night: night)
      return
    }
    try await server(options).run { [workspace] line in
      if let workspace {
        do {
          try SandboxWorkspace(readyLine: line).write(to: URL(fileURLWithPath: workspace, isDirectory: true))
        } catch {
          Console(isJSON: false, isQuiet: false).warn("the workspace \(workspace) is not complete: \(error)")
        }
      }
      FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
  }

  private func server(_ options: SandboxOptions) throws -> SandboxServer {
    do {
      guard let replay else { return try SandboxServer(options: options) }
      return try SandboxServer(replaying: URL(fileURLWithPath: replay, isDirectory: true), options: options)
    } catch let failure as SandboxFailure {
      Console(isJSON: false, isQuiet: false).report(SandboxCommand.failure(failure))
      throw ExitCode(SandboxCommand.failure(failure).code.exitStatus.rawValue)
    }
  }

  private static func failure(_ failure: SandboxFailure) -> Failure {
    switch failure {
    case .recording(let message):
      Failure(.recordingUnusable, message, fix: "name the folder that --record has written, whole and unchanged")
    case .faults(let message):
      Failure(.wrongUsage, "--faults: \(message)", fix: "docs/sandbox.md lists what a rule may say")
    }
  }
}
