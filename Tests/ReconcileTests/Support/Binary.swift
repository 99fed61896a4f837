import Foundation

/// The program under test, and the repository that it was built from.
enum Binary {
  /// `reconcile`: the one that the environment names, or the one that the build puts beside the test bundle.
  static let reconcile: URL =
    ProcessInfo.processInfo.environment["RECONCILE_BINARY"].map { URL(fileURLWithPath: $0) }
    ?? folder.appendingPathComponent("reconcile")

  /// The root of the repository.
  static let repository: URL = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root
  }()

  private static let folder: URL = {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: path).deletingLastPathComponent()
  }()
}
