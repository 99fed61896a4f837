import Foundation

/// The program under test, and the repository that it was built from.
enum Binary {
  /// `reconcile`, which the build puts beside the test bundle.
  static let reconcile: URL = folder.appendingPathComponent("reconcile")

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
