import Foundation

/// The versions of all programs that take part.
enum Versions {
  /// Asks each program by `--version`.
  static func of(_ binary: String, _ peers: [Peer], python: String?) throws -> [String: String] {
    let lines = try Output.of(binary, ["--version"]).split(separator: "\n").map(String.init)
    var versions = ["reconcile": lines.first ?? "", "commit": "", "runs with": ""]
    for line in lines.dropFirst() {
      for name in ["commit", "built with", "runs with"] where line.hasPrefix(name) {
        versions[name] = line.dropFirst(name.count).trimmingCharacters(in: .whitespaces)
      }
    }
    guard let python else { return versions }
    versions["python"] = try Output.of(python, ["--version"]).trimmingCharacters(in: .whitespacesAndNewlines)
    for peer in peers where peer.needsPython {
      versions[peer.rawValue] = try? Output.of(python, [peer.script, "--version"])
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return versions
  }
}

/// What a program prints.
enum Output {
  /// Runs it to its end.
  ///
  /// - Throws: `Measured.Refused` when it ends with a status other than 0.
  static func of(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Measured.Refused(
        description: "\(command) \(arguments.joined(separator: " ")) ended with status \(process.terminationStatus)")
    }
    return text
  }
}
