import Foundation

/// On what the figures were measured.
struct Machine: Codable, Equatable {
  let processor: String
  let cores: Int
  /// Megabytes.
  let memory: Int
  let system: String
  let kernel: String

  /// This one.
  static var current: Machine {
    var name = utsname()
    uname(&name)
    let release = withUnsafeBytes(of: &name.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return Machine(
      processor: processor(in: facts) ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount,
      memory: Int(ProcessInfo.processInfo.physicalMemory / 1_000_000),
      system: ProcessInfo.processInfo.operatingSystemVersionString, kernel: release)
  }

  /// The first processor's name in the text of `/proc/cpuinfo`.
  static func processor(in facts: String) -> String? {
    let line = facts.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// One line for people.
  var description: String { "\(processor), \(cores) cores, \(memory / 1000) GB of memory, \(system), Linux \(kernel)" }
}
