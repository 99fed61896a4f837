import Foundation
import Setup
import Workspace

/// The files and folders of a workspace that others should not use.
struct PrivatePaths {
  private let folder: WorkspaceFolder
  private let secrets: [String]

  /// Those of a workspace, and the files of its secrets wherever they are.
  init(_ folder: WorkspaceFolder, secrets: [String]) {
    self.folder = folder
    self.secrets = secrets
  }

  /// The modes of those that are there.
  var modes: [WorkspaceFacts.FileMode] {
    let ledger = ["", "-wal", "-shm", ".seal", ".lock"].map { folder.ledger + $0 }
    let own = ["secrets", "state"].map { folder.path + "/" + $0 } + ledger + [folder.reports, folder.latestReports]
    // The configuration is no secret, but names the commands that give secrets.
    return [mode(folder.configuration, forbidden: 0o022)].compactMap(\.self)
      + (own + secrets).compactMap { mode($0, forbidden: 0o077) }
  }

  private func mode(_ path: String, forbidden: Int) -> WorkspaceFacts.FileMode? {
    guard let facts = FileFacts(at: path) else { return nil }
    let shown = path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : path
    return WorkspaceFacts.FileMode(shown, mode: facts.mode, forbidden: forbidden)
  }
}
