import Dispatch
import Foundation
import Model

/// Trials that are carried out by some workers at once, and what they came to.
final class CrashBatch: Sendable {
  /// The sums over all trials.
  struct Tally: Sendable {
    var trials = 0
    var struck = 0
    var struckAgain = 0
    /// Operations that recovery had to look at.
    var looks = 0
    /// Trials that needed a further plan after the resumed run.
    var replanned = 0
    /// What each trial broke, with how to repeat it.
    var violations: [String] = []
  }

  private let queue: Guarded<[CrashTrial]>
  private let tally = Guarded(Tally())

  private init(_ trials: [CrashTrial]) { queue = Guarded(trials.reversed()) }

  /// Carries out all trials.
  static func run(_ trials: [CrashTrial], workers: Int = 2) -> Tally {
    let batch = CrashBatch(trials)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in batch.work() }
    return batch.tally.withLock { $0 }
  }

  private func work() {
    while let trial = queue.withLock({ $0.popLast() }) {
      let outcome = Result { try trial.run() }
      tally.withLock { $0.take(outcome, of: trial) }
    }
  }
}

extension CrashBatch.Tally {
  fileprivate mutating func take(_ outcome: Result<CrashTrial.Outcome, any Error>, of trial: CrashTrial) {
    trials += 1
    switch outcome {
    case .failure(let error): violations.append("\(trial): \(error)")
    case .success(let outcome):
      struck += outcome.isStruck ? 1 : 0
      struckAgain += outcome.isStruckAgain ? 1 : 0
      looks += outcome.looks
      replanned += outcome.rounds > 0 ? 1 : 0
      violations += outcome.violations.prefix(5).map { "\(trial): \($0)" }
    }
  }
}

extension CrashBatch.Tally: CustomStringConvertible {
  var description: String {
    let again = struckAgain > 0 ? ", \(struckAgain) of them again in recovery" : ""
    return
      "\(trials) trials, \(struck) struck\(again); recovery looked \(looks) times; \(replanned) needed a further plan"
  }
}
