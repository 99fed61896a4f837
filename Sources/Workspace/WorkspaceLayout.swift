import Foundation
import Model

/// The files of a new workspace, each by its path within the folder.
struct WorkspaceLayout {
  let files: [String: [UInt8]]

  /// Writes them into a folder that is new or empty, for its owner alone, with empty folders for secrets and state.
  ///
  /// - Returns: the paths that were written, sorted.
  /// - Throws: `Failure` with `workspaceNotEmpty` when the folder holds anything but a `.git`.
  func write(to folder: WorkspaceFolder) throws(Failure) -> [String] {
    try Self.requireEmpty(folder)
    do {
      try makePrivate(folder.path)
      for (path, bytes) in files {
        let target = folder.path + "/" + path
        try makePrivate(URL(fileURLWithPath: target).deletingLastPathComponent().path)
        try PrivateFile.replace(target, with: bytes)
      }
      try makePrivate(folder.path + "/secrets")
      try makePrivate(folder.state)
    } catch {
      throw Failure(.configurationMissing, "the workspace cannot be written to \(folder.path)")
    }
    return files.keys.sorted()
  }

  /// Refuses a folder that holds anything but a `.git`.
  static func requireEmpty(_ folder: WorkspaceFolder) throws(Failure) {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard let first = found.filter({ $0 != ".git" }).sorted().first else { return }
    throw Failure(
      .workspaceNotEmpty, "\(folder.path) is not empty: it holds \(first)", fix: "name an empty or a new folder")
  }

  private func makePrivate(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}
