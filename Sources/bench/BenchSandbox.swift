import Foundation

/// A sandbox as a child process, and the workspace that works against it.
final class BenchSandbox {
  private struct Ready: Decodable {
    struct Workspace: Decodable {
      let files: [String: String]
    }

    let workspace: Workspace
  }

  private let process = Process()
  private let ready: Ready

  /// Starts it and waits until it can be reached.
  init(binary: String, referrals: Int, opportunities: Int, latency: Int) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = [
      "sandbox", "--seed", "1", "--referrals", String(referrals), "--opportunities", String(opportunities),
      "--latency-ms", String(latency),
    ]
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.first != 0x0A {
      guard !byte.isEmpty else { throw Measured.Refused(description: "the sandbox ended before it was ready") }
      line += byte
    }
    ready = try JSONDecoder().decode(Ready.self, from: line)
  }

  deinit { stop() }

  /// Ends it.
  func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Writes the workspace that it describes into a new folder.
  func layOut(_ workspace: URL) throws {
    for (name, text) in ready.workspace.files {
      let file = workspace.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data(text.utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
  }
}
