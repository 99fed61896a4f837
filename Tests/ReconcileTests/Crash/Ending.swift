import Foundation

/// How a struck process ended, held against what struck it.
struct Ending {
  private let strike: Strike
  private let result: Command.Result
  private let count: FaultSteps.Count

  init(_ strike: Strike, _ ended: (result: Command.Result, count: FaultSteps.Count)) {
    (self.strike, result, count) = (strike, ended.result, ended.count)
  }

  /// What is wrong about it.
  var violations: [String] {
    guard count.struck > 0 else {
      return [0, 3, 4].contains(result.status) ? [] : ["without a strike it ended so: \(result)"]
    }
    switch strike {
    case .none: return []
    case .kill: return result.status == -SIGKILL ? [] : ["it was to be killed, and ended so: \(result)"]
    case .fail: return isToldClearly ? [] : ["the full disk was told so: \(result)"]
    }
  }

  /// A failure that matters ends with 1 and a code; one that does not leaves the run as it would have been.
  private var isToldClearly: Bool {
    switch result.status {
    case 0, 3, 4: true
    case 1: result.err.contains(/E504|E610/) && result.err.contains("fix:")
    case 65: result.err.contains("E111") && result.err.contains("fix:")
    default: false
    }
  }
}

extension Strike {
  /// The steps that are numbered for it.
  var kinds: FaultSteps.Kinds {
    switch self {
    case .none, .kill: .all
    case .fail(_, _, .full): .disk
    case .fail(_, _, .broken): .sync
    }
  }
}
