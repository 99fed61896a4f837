import Foundation

/// One finished process and what it cost.
struct Measured {
  let wall: Double
  let cpu: Double
  /// The largest resident size, in megabytes.
  let memory: Double

  /// Why a process could not be measured.
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a command to its end.
  ///
  /// - Throws: `Refused` when it cannot be started, or ends with another status than those.
  static func run(_ command: String, _ arguments: [String], endingWith statuses: Set<Int32> = [0]) throws -> Measured {
    var pid = pid_t()
    let words = ([command] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    let start = ContinuousClock.now
    let status = posix_spawnp(&pid, command, nil, nil, words + [nil], environ)
    guard status == 0 else {
      throw Refused(description: "\(command) cannot be started: \(String(cString: strerror(status)))")
    }
    var ended: Int32 = 0
    var usage = rusage()
    while wait4(pid, &ended, 0, &usage) < 0 && errno == EINTR {}
    let wall = ContinuousClock.now - start
    guard ended & 0x7F == 0, statuses.contains(ended >> 8) else {
      throw Refused(description: "\(command) \(arguments.joined(separator: " ")) ended with \(ended >> 8)")
    }
    return Measured(
      wall: seconds(wall), cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      memory: Double(usage.ru_maxrss) * 1024 / 1_000_000)
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
