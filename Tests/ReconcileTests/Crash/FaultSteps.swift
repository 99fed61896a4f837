import Foundation

/// The library of Tests/FaultSteps, which numbers the steps of a process and strikes at one of them.
enum FaultSteps {
  /// The steps that are numbered, by the letters of the library.
  enum Kinds: String, Sendable {
    /// Everything durable and everything outward.
    case all = "wtfmrsa"
    /// What a full disk can refuse.
    case disk = "wtfm"
    /// What makes bytes durable.
    case sync = "f"
    /// Requests that leave.
    case requests = "s"
  }

  /// What became of a process under the library.
  struct Count: Sendable {
    /// How many steps it took.
    var steps = 0
    /// How many of them were struck.
    var struck = 0
  }

  /// The library could not be built.
  struct Unbuilt: Error {
    let message: String
  }

  /// The environment under which a process takes numbered steps.
  static func environment(_ strike: Strike, _ kinds: Kinds, countingIn file: URL) throws -> [String: String] {
    let own = ["LD_PRELOAD": try library.get().path, "STEPS_KINDS": kinds.rawValue, "STEPS_COUNT": file.path]
    return own.merging(strike.environment) { $1 }
  }

  /// What a process counted; nothing when it did not come so far.
  static func count(in file: URL) -> Count {
    guard let bytes = try? Data(contentsOf: file), bytes.count == 16 else { return Count() }
    func number(at place: Int) -> Int {
      bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    return Count(steps: number(at: 0), struck: number(at: 8))
  }

  /// Built once for the process, beside the program under test.
  private static let library = Result {
    let source = Binary.repository.appendingPathComponent("Tests/FaultSteps/steps.c")
    let target = Binary.reconcile.deletingLastPathComponent().appendingPathComponent("steps-\(getpid()).so")
    let compiler = Process()
    let errors = Pipe()
    compiler.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Swift's own compiler of C where the machine has no other.
    let choice = "command -v cc >/dev/null && exec cc \"$@\"; exec clang \"$@\""
    compiler.arguments =
      ["-c", choice, "cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", target.path, source.path, "-ldl"]
    compiler.standardError = errors
    try compiler.run()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else {
      throw Unbuilt(message: String(decoding: said, as: UTF8.self))
    }
    atexit {
      unlink(Binary.reconcile.deletingLastPathComponent().appendingPathComponent("steps-\(getpid()).so").path)
    }
    return target
  }
}

extension Workbench {
  /// Runs a command in the workspace under the library.
  func struck(
    _ arguments: [String], _ strike: Strike, _ kinds: FaultSteps.Kinds = .all
  ) throws -> (result: Command.Result, count: FaultSteps.Count) {
    let counter = path("steps.count")
    let before = environment
    defer { environment = before }
    environment.merge(try FaultSteps.environment(strike, kinds, countingIn: counter)) { $1 }
    let result = try start(arguments).wait()
    return (result, FaultSteps.count(in: counter))
  }
}
