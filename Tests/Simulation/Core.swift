import Foundation

/// A processor core on which this process may run.
///
/// A history is one train of work that goes on from thread to thread: left to itself it moves between the cores, and finds
/// their caches cold.
struct Core {
  let number: Int

  /// Where the program lies that keeps others to a core.
  static let keeper = "/usr/bin/taskset"

  /// All of them; none where nobody can keep a process to one.
  static var all: [Core] {
    guard FileManager.default.isExecutableFile(atPath: keeper),
      let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") })
    else { return [] }
    // Such as `0-3,6`.
    return line.drop { !$0.isNumber }.split(separator: ",").flatMap { range in
      let ends = range.split(separator: "-").compactMap { Int($0) }
      return (ends.first ?? 0)..<(ends.last ?? -1) + 1
    }.map(Core.init)
  }
}
