import CBuildFacts
import CSV
import Foundation
import JSON
import Ledger
import Wire

/// What `reconcile --version` tells: the release, what it was built from and with, and what it runs on.
///
/// The first line is for scripts; the others are what a report of a problem should hold.
enum BuildFacts {
  /// The release.
  static let version = "0.1.0"

  /// The whole text.
  static var text: String {
    """
    reconcile \(version)
    commit      \(commit(String(cString: reconcile_build_commit()), of: String(cString: reconcile_build_date())))
    built with  Swift \(compiler(String(cString: reconcile_build_swift()))), \(optimisation)
    runs with   \(libraries.joined(separator: ", "))
    runs on     \(ProcessInfo.processInfo.operatingSystemVersionString), \(architecture)
    """
  }

  /// The commit and its day, or that nobody told the build.
  static func commit(_ commit: String, of date: String) -> String {
    if commit.isEmpty { return "unknown, for the build was not told" }
    return date.isEmpty ? commit : "\(commit) of \(date)"
  }

  /// The compiler's version as the build was told it; else as far as a source file can tell.
  static func compiler(_ told: String) -> String {
    guard told.isEmpty else { return told }
    #if compiler(>=6.4)
      return "6.4 or later"
    #elseif compiler(>=6.3)
      return "6.3"
    #else
      return "before 6.3"
    #endif
  }

  /// The libraries of the system: where the loader finds them, as they are now, and not as they were at the build.
  private static var libraries: [String] {
    [CurlVersion.text, "SQLite \(LedgerFile.databaseVersion)", JSONValue.library, CSVReader.library]
  }

  private static var optimisation: String {
    #if DEBUG
      "for debugging"
    #else
      "optimised"
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "an untested architecture"
    #endif
  }
}
