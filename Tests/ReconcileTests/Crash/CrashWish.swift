import Foundation

/// What `make crash` asks for.
enum CrashWish {
  private static let environment = ProcessInfo.processInfo.environment

  /// Whether steps are tried at all, which takes long.
  static let isThere = environment["CRASH"] == "1"

  /// The one trial that is wanted, as `make crash T="1 apply before 117"` names it.
  static let single = environment["CRASH_TRIAL"].flatMap { $0.isEmpty ? nil : $0 }

  /// Only every so many-th trial is wanted: `make crash EVERY=5`.
  static let stride = environment["CRASH_EVERY"].flatMap { Int($0) }.map { max($0, 1) } ?? 1

  /// Whether every step is wanted.
  static let isWhole = isThere && single == nil
}
