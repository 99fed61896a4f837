import Foundation

/// One finished process and what it cost.
struct Measured {
  let wall: Double
  let cpu: Double
  /// The largest resident size, in megabytes; no less than what the bench itself had when it started the process.
  let memory: Double
  /// The bytes that it and the children it waited for read and wrote by system calls, from whatever cache or disk; files that
  /// are mapped into memory do not count.
  let traffic: Traffic

  /// Why a process could not be measured.
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a command to its end; what it prints goes where the bench prints, or nowhere.
  ///
  /// - Throws: `Refused` when it cannot be started, or ends with another status than those.
  static func run(
    _ command: String, _ arguments: [String], isSilent: Bool = false, endingWith statuses: Set<Int32> = [0]
  ) throws -> Measured {
    let start = ContinuousClock.now
    let pid = try spawn(command, arguments, isSilent: isSilent)
    // The process is kept for a moment after its end, since its input and output can be asked for only until it is reaped.
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    let wall = ContinuousClock.now - start
    let traffic = Traffic(of: pid)
    var ended: Int32 = 0
    var usage = rusage()
    while wait4(pid, &ended, 0, &usage) < 0 && errno == EINTR {}
    guard ended & 0x7F == 0, statuses.contains(ended >> 8) else {
      let end = ended & 0x7F == 0 ? "status \(ended >> 8)" : "signal \(ended & 0x7F)"
      throw Refused(description: "\(command) \(arguments.joined(separator: " ")) ended with \(end)")
    }
    return Measured(
      wall: wall.inSeconds, cpu: usage.ru_utime.inSeconds + usage.ru_stime.inSeconds,
      memory: Double(usage.ru_maxrss) * 1024 / 1_000_000, traffic: traffic)
  }

  private static func spawn(_ command: String, _ arguments: [String], isSilent: Bool) throws -> pid_t {
    var pid = pid_t()
    let words = ([command] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if isSilent { posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) }
    let status = posix_spawnp(&pid, command, &actions, nil, words + [nil], environ)
    guard status == 0 else {
      throw Refused(description: "\(command) cannot be started: \(String(cString: strerror(status)))")
    }
    return pid
  }
}

/// Bytes that went through system calls.
struct Traffic {
  let read: Int
  let written: Int

  /// Of a process that is there, or has ended and is not reaped yet; nothing where the system does not count.
  init(of pid: pid_t) {
    let text = (try? String(contentsOfFile: "/proc/\(pid)/io", encoding: .utf8)) ?? ""
    var counts: [Substring: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { counts[words[0]] = Int(words[1]) }
    }
    read = counts["rchar:"] ?? 0
    written = counts["wchar:"] ?? 0
  }
}

extension Duration {
  fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension timeval {
  fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
