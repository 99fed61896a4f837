import Dispatch
import Foundation

/// A process of the program under test, whose output goes to files.
final class Command {
  /// How a process ended and what it printed.
  struct Result: CustomStringConvertible {
    /// The exit status; of one that a signal ended, the signal's number with a minus.
    let status: Int32
    let out: String
    let err: String

    /// The lines of the data.
    var lines: [String] { out.split(separator: "\n").map(String.init) }

    /// What a failing test shows of it.
    var description: String { "status \(status)\n\(out.suffix(1500))\n\(err.suffix(1500))" }
  }

  /// A command that did not end in time.
  struct Hangs: Error {
    let arguments: [String]
  }

  let arguments: [String]
  private let process = Process()
  private let output: URL
  private let ended = DispatchSemaphore(value: 0)

  /// Starts a command in a folder.
  ///
  /// `shell` is put in front of it, such as `umask 077;`, and `redirection` behind it.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String], shell: String = "", redirection: String = ""
  ) throws {
    self.arguments = arguments
    output = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    for name in ["out", "err"] { try Data().write(to: output.appendingPathComponent(name)) }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(shell) exec \"$0\" \"$@\" \(redirection)", Binary.reconcile.path] + arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let handles = try ["out", "err"].map { try FileHandle(forWritingTo: output.appendingPathComponent($0)) }
    // Foundation does not close them when the process ends, and ten thousand commands would use up the descriptors.
    defer { for handle in handles { try? handle.close() } }
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: output)
  }

  /// Whether the process still runs.
  var isRunning: Bool { process.isRunning }

  /// Sends the process a signal.
  func signal(_ number: Int32) {
    kill(process.processIdentifier, number)
  }

  /// Waits for the end of the process.
  ///
  /// - Throws: `Hangs`, after killing it, when it takes longer than a command may.
  func wait(seconds: Int = 900) throws -> Result {
    guard ended.wait(timeout: .now() + .seconds(seconds)) == .success else {
      signal(SIGKILL)
      throw Hangs(arguments: arguments)
    }
    let status = process.terminationStatus
    return Result(
      status: process.terminationReason == .uncaughtSignal ? -status : status, out: text("out"), err: text("err"))
  }

  private func text(_ name: String) -> String {
    String(decoding: (try? Data(contentsOf: output.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
  }
}
