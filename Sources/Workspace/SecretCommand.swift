import Foundation

/// A command that prints a secret.
struct SecretCommand {
  /// How it ended.
  enum Result: Equatable {
    /// The first line that it printed.
    case output(String)
    /// A status other than 0, or the number of the signal that ended it.
    case exit(Int32)
    /// It was still running when patience ended, and was told to end.
    case timeout
  }

  /// Seconds that a command may take: a vault may ask for a finger on a key.
  static let defaultPatience = 60

  private let command: String
  private let folder: String
  private let patience: Int

  /// A command for `/bin/sh`, run in a folder, with a number of seconds that it may take.
  init(_ command: String, folder: String, patience: Int = defaultPatience) {
    self.command = command
    self.folder = folder
    self.patience = patience
  }

  /// Runs it to its end.
  ///
  /// What it writes to standard error goes to ours: it is meant for the person.
  func run() throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    guard let line = firstLine(of: output.fileHandleForReading.fileDescriptor) else {
      process.terminate()
      return .timeout
    }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? .output(line) : .exit(process.terminationStatus)
  }

  /// Reads to the end, keeping the first line, of at most one block; nil when patience ends before the output does.
  private func firstLine(of descriptor: Int32) -> String? {
    let deadline = Date().addingTimeInterval(TimeInterval(patience))
    var line: [UInt8] = []
    var isComplete = false
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let rest = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
      let ready = poll(&entry, 1, rest)
      if ready == 0 { return nil }
      let count = read(descriptor, &block, block.count)
      if count == 0 { return String(decoding: line, as: UTF8.self) }
      guard count > 0, !isComplete else { continue }
      let part = block[..<count]
      let end = part.firstIndex { $0 == 0x0A || $0 == 0x0D }
      line += part[..<(end ?? count)]
      isComplete = end != nil || line.count >= block.count
    }
  }
}
