import Model
import Transform

/// What becomes of a pair's rows on their way into the plan.
enum Proposal {
  /// The rows that are proposed: all but those a reviewer rejected, and none that would follow on a rejected creation
  /// or ride with a rejected acceptance (R59, R62).
  static func kept(of changes: [Change], wanted: [Change]) -> [Change] {
    guard wanted.count < changes.count else { return changes }
    let rejected = changes.filter { !wanted.contains($0) }
    guard !rejected.contains(where: isCreation) else { return [] }
    let isUnaccepted = rejected.contains { $0.action == .accept }
    let rest = wanted.filter { !isUnaccepted || $0.direction == .toSalesforce || $0.action == .link }
    // A mark alone tells of nothing.
    return rest.contains { $0.action != .mark } ? rest : []
  }

  /// Where a pair's rows stand in the plan: creates, then updates, then what closes a deal.
  ///
  /// A run that stops half-way has then done the least harm.
  static func phase(of changes: [Change]) -> Int {
    if changes.contains(where: isCreation) { return 0 }
    return changes.contains { $0.risk == .terminal || $0.action == .closeWon || $0.action == .closeLost } ? 2 : 1
  }

  private static func isCreation(_ change: Change) -> Bool { change.action.makesRecord }
}

extension Verdict {
  /// The verdict with the rows that are proposed; without any left, it says that a reviewer rejected them.
  func keeping(_ kept: [Change]) -> Verdict {
    guard kept.count < changes.count else { return self }
    let face = Verdict.Face(name: name, category: category, status: status, stage: stage)
    guard kept.isEmpty else {
      return Verdict(
        key, standing, face, code: code, reason: reason, changes: kept, agreed: agreement, isSettled: isSettled)
    }
    return Verdict(
      key, .held, face, code: .rejectedByReviewer, reason: "rejected by a reviewer until a value moves",
      changes: kept, agreed: agreement, isSettled: true)
  }
}
