import Model

/// Why a run ends before its last row.
enum Interruption: Error {
  /// Somebody asked for it.
  case asked
  /// An error that every further request would meet.
  case failed(Failure)
}

/// Tells a record that must not be written from an account that may write nothing.
struct PermissionWatch {
  private var refused: [Side: Int] = [:]
  private var granted: Set<Side> = []

  /// So many refusals, and not one grant, mean the account and not the records.
  private static let limit = 5

  /// Takes note of how a request ended; throws when the side refuses everything.
  mutating func note(_ ending: Ending, _ side: Side) throws {
    if ending.outcome == .applied { granted.insert(side) }
    guard ending.code == .permissionRefused, !granted.contains(side) else { return }
    refused[side, default: 0] += 1
    guard refused[side, default: 0] >= Self.limit else { return }
    throw Interruption.failed(
      Failure(
        .permissionRefused, "\(side.title) refused \(Self.limit) writes and took none: \(ending.message)",
        fix: "give the account that reconcile signs in with the rights that `reconcile doctor` lists"))
  }
}
