import Foundation

/// A command line for `/bin/sh` that is fed bytes, watched, and ended with all that it started when it takes too long.
struct ShellCommand {
  /// How it ended.
  enum Result: Equatable {
    case exit(Int32)
    case signal(Int32)
    case timeout
    case notStarted(errno: Int32)
  }

  /// The end of what it printed that is kept, in bytes.
  static let outputLimit = 1_000

  private let command: String
  private let folder: String
  private let environment: [String: String]

  /// A command in a folder, with an environment of its own.
  init(_ command: String, folder: String, environment: [String: String]) {
    self.command = command
    self.folder = folder
    self.environment = environment
  }

  /// Runs it to its end, or for so many seconds.
  ///
  /// It may leave `input` unread without harm; what it prints on either output is kept to the last thousand bytes. It has a
  /// process group of its own, which a time limit ends as a whole.
  func run(input: [UInt8], seconds: Int) -> (result: Result, output: [UInt8]) {
    guard let source = PipeEnds(), let sink = PipeEnds() else { return (.notStarted(errno: errno), []) }
    let child = spawn(input: source.reading, output: sink.writing)
    sink.closeWriting()
    switch child {
    case .failure(let error): return (.notStarted(errno: error.number), [])
    case .success(let pid): return watch(pid, feeding: input[...], to: source, output: sink, seconds: seconds)
    }
  }

  // MARK: Starting

  private struct SpawnError: Error {
    let number: Int32
  }

  private func spawn(input: Int32, output: Int32) -> Swift.Result<pid_t, SpawnError> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let arguments = Self.strings(["/bin/sh", "-c", "cd \"$0\" && exec /bin/sh -c \"$1\"", folder, command])
    let variables = Self.strings(environment.map { "\($0.key)=\($0.value)" })
    defer { for pointer in arguments + variables { free(pointer) } }
    var pid = pid_t()
    let number = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, variables)
    return number == 0 ? .success(pid) : .failure(SpawnError(number: number))
  }

  /// Copies of texts as C wants a list of them: with nothing at its end.
  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }

  // MARK: Watching

  private func watch(
    _ pid: pid_t, feeding input: ArraySlice<UInt8>, to source: PipeEnds, output: PipeEnds, seconds: Int
  ) -> (result: Result, output: [UInt8]) {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var rest = input
    var kept: [UInt8] = []
    var status: Int32 = 0
    while waitpid(pid, &status, WNOHANG) == 0 {
      guard clock.now < end else {
        kill(-pid, SIGKILL)
        waitpid(pid, &status, 0)
        output.read(into: &kept, keeping: Self.outputLimit)
        return (.timeout, kept)
      }
      // Our own reading end stays open meanwhile: a command that reads nothing must not break the pipe.
      rest = source.write(rest)
      if rest.isEmpty { source.closeWriting() }
      output.wait(milliseconds: 20)
      output.read(into: &kept, keeping: Self.outputLimit)
    }
    output.read(into: &kept, keeping: Self.outputLimit)
    return (Self.result(status), kept)
  }

  /// What `waitpid` says: the low seven bits hold a signal, the next eight a status.
  private static func result(_ status: Int32) -> Result {
    status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F)
  }
}
