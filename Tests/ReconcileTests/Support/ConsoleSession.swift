import Foundation

/// Plays the sessions of a page in one shell that begins in an empty folder, and takes down what each command prints.
///
/// What differs between two runs is replaced by what stays, as `StableOutput` tells.
final class ConsoleSession {
  /// A session that did not end, or of which a command failed that was not expected to.
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the session plays, which the page calls `/home/you`.
  let folder: URL
  /// The root below which system folders lie, such as `/var/lib/reconcile`.
  private let system: URL
  private let port: Int

  init(port: Int) throws {
    self.port = port
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("session-\(UUID().uuidString)")
    folder = base.appendingPathComponent("you")
    system = base.appendingPathComponent("system")
    for made in [folder, system.appendingPathComponent("bin"), system.appendingPathComponent("var/lib/reconcile")] {
      try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  /// Puts a program in front of those of the machine.
  func program(_ name: String, _ script: String) throws {
    let file = system.appendingPathComponent("bin/" + name)
    try Data("#!/bin/sh\n\(script.replacingOccurrences(of: "@SYSTEM@", with: system.path))\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  /// Plays a page; the result has what came in the place of what it says.
  func play(_ page: ConsolePage) throws -> ConsolePage {
    let script = folder.deletingLastPathComponent().appendingPathComponent("session.sh")
    let transcript = folder.deletingLastPathComponent().appendingPathComponent("transcript")
    try Data(self.script(of: page).utf8).write(to: script)
    try Data().write(to: transcript)
    let process = Process()
    (process.executableURL, process.arguments) = UnblockedShell.bash.running([script.path])
    process.currentDirectoryURL = folder
    var environment = Workbench.environment
    environment["HOME"] = folder.path
    environment["PATH"] = [
      system.appendingPathComponent("bin").path, Binary.reconcile.deletingLastPathComponent().path, "/usr/bin", "/bin",
      "/usr/sbin", "/sbin",
    ].joined(separator: ":")
    for (name, value) in ["LC_ALL": "C.UTF-8", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"] {
      environment[name] = value
    }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: transcript)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    try output.close()
    return try filled(page, from: String(contentsOf: transcript, encoding: .utf8))
  }

  // MARK: The script

  private static let mark = "@@step@@"

  /// All commands as one script that tells before each its number, and behind each its status.
  private func script(of page: ConsolePage) -> String {
    var lines = ["last=0", "trap 'kill -KILL $(jobs -p) 2>/dev/null' EXIT"]
    var number = 0
    for case .session(let session) in page.parts {
      for step in session.steps {
        let command = concrete(step.command)
        lines.append("echo '\(Self.mark) \(number)'")
        if session.title.hasSuffix("second terminal") {
          let ready = command.split(separator: ">").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
          lines += ["(exec \(command)) &", "until [ -s \(ready) ]; do kill -0 $! || exit; sleep 0.1; done", "last=0"]
        } else if isPlayed(session) {
          lines += ["(exit $last); \(command)", "last=$?"]
        } else {
          lines.append("last=0")
        }
        lines.append("echo; echo '\(Self.mark)' status $last")
        number += 1
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether a block is played on this machine.
  func isPlayed(_ session: ConsolePage.Session) -> Bool {
    guard let name = session.title.split(separator: " if ").dropFirst().first else { return true }
    return ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  private func concrete(_ command: String) -> String {
    command.replacingOccurrences(of: "8085", with: "\(port)")
      .replacingOccurrences(of: "/var/lib/reconcile", with: system.path + "/var/lib/reconcile")
  }

  // MARK: What came

  private func filled(_ page: ConsolePage, from transcript: String) throws -> ConsolePage {
    let pieces = transcript.components(separatedBy: Self.mark).dropFirst()
    let total = page.steps.count
    guard pieces.count == 2 * total else {
      throw Failed(description: "the session ended early:\n" + transcript.suffix(3000))
    }
    let outputs = stride(from: 0, to: pieces.count, by: 2).map { pieces[pieces.startIndex + $0] }
    let statuses = stride(from: 1, to: pieces.count, by: 2).map { pieces[pieces.startIndex + $0].filter(\.isNumber) }
    try check(statuses, of: page)
    var result = page
    var number = 0
    var names = StableOutput(folder: folder.path, system: system.path, port: port)
    for index in result.parts.indices {
      guard case .session(var session) = result.parts[index] else { continue }
      for step in session.steps.indices {
        if isPlayed(session) { session.steps[step].output = names.lines(of: outputs[number]) }
        number += 1
      }
      result.parts[index] = .session(session)
    }
    return result
  }

  /// A command may fail only where the page asks for its status.
  private func check(_ statuses: [String], of page: ConsolePage) throws {
    let steps = page.steps
    for (index, status) in statuses.enumerated() where status != "0" {
      guard steps.indices.contains(index + 1), steps[index + 1].command == "echo $?" else {
        throw Failed(description: "\(steps[index].command) ended with \(status)")
      }
    }
  }
}
