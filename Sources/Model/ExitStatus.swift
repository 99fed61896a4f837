/// How the process ends; scripts rely on these numbers.
package enum ExitStatus: Int32, Sendable {
  /// Done, or nothing to do.
  case done = 0
  /// An error that has no number of its own.
  case error = 1
  /// `plan --detailed-exitcode`: the plan has changes; `verify`: a pair differs.
  case changes = 2
  /// `apply`, `run`: some rows failed or turned stale. Wins over `waiting`.
  case someFailed = 3
  /// `apply`, `run`: finished, but conflicts or held rows wait for a person.
  case waiting = 4
  /// A limit, an empty or shrunken snapshot, a canary, a stale or altered plan.
  case safetyStop = 5
  /// Another run holds the lock.
  case locked = 6
  /// Sign-in or permission refused.
  case signIn = 7
  /// A snapshot is incomplete.
  case incomplete = 8
  /// Wrong usage of the command line.
  case usage = 64
  /// A bad configuration or mapping.
  case configuration = 65
  /// Interrupted; `apply --resume` or the next `run` goes on.
  case interrupted = 130
}
