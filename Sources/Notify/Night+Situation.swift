import Foundation
import Model
import Workspace

// What happened in a night, by occasion.
extension Night {
  /// Days before the end of Partner Center's refresh token at which people are told.
  static let tokenDays = [14, 7, 3, 1]

  /// How long nobody minds that another run holds the lock.
  static let lockedPatience: TimeInterval = 36 * 3600

  /// Whether it went through: whatever is left waits for a person, or for the next night, which takes stale rows up.
  package var isSuccess: Bool {
    switch exit {
    case .done, .changes, .waiting: true
    case .someFailed: failedRows == 0 && count(.stale) > 0
    case .error, .safetyStop, .locked, .signIn, .incomplete, .usage, .configuration, .interrupted: false
    }
  }

  /// Rows that were to be written, and were not or nobody knows.
  var failedRows: Int { count(.failed) + count(.unknown) + count(.notAttempted) }

  func count(_ outcome: Outcome) -> Int { outcomes[outcome.rawValue] ?? 0 }

  /// The codes of its failures, each once, in their order.
  var codes: [Code] {
    failures.map(\.code).reduce(into: []) { codes, code in
      if !codes.contains(code) { codes.append(code) }
    }
  }

  /// What makes an occasion out of the night, in parts that can be compared with those of an earlier one; nil when it is
  /// none.
  ///
  /// `lastSuccess` is when a run went through last, as far as anybody knows. Recovery is none by itself: it takes
  /// something that was told before.
  func situation(_ occasion: Occasion, lastSuccess: Date?) -> Set<String>? {
    let ending = Set(codes.map(\.rawValue) + ["exit \(exit.rawValue)"])
    switch occasion {
    case .safetyStop: return exit == .safetyStop ? ending : nil
    case .failure: return isFailure(lastSuccess) ? ending : nil
    case .waiting: return waiting > 0 ? waitingRows : nil
    case .token:
      guard let tokenDaysLeft else { return nil }
      let reached = Self.tokenDays.filter { tokenDaysLeft <= $0 }
      return reached.isEmpty ? nil : Set(reached.map { "\($0) days" })
    case .recovery: return nil
    }
  }

  private func isFailure(_ lastSuccess: Date?) -> Bool {
    switch exit {
    case .done, .changes, .waiting, .safetyStop: false
    case .someFailed: !isSuccess
    // The run that holds the lock tells for itself; only one that never ends has to be told by others.
    case .locked: lastSuccess.map { ended.timeIntervalSince($0) > Self.lockedPatience } ?? false
    case .error, .signIn, .incomplete, .usage, .configuration, .interrupted: true
    }
  }
}
