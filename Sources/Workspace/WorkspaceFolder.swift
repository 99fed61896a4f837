package import Foundation
package import Model

/// The folder that holds configuration, mappings, state and reports.
package struct WorkspaceFolder: Hashable, Sendable {
  /// The absolute path, without a slash at the end.
  package let path: String

  /// A workspace at a path; a relative one starts from the current folder.
  package init(_ path: String) {
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// The folder of `--workspace`, else of `RECONCILE_WORKSPACE`, else the current one.
  ///
  /// - Throws: `Failure` with `configurationMissing` when there is no such folder.
  package static func resolve(
    _ option: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Failure) -> WorkspaceFolder {
    let variable = environment["RECONCILE_WORKSPACE"].flatMap { $0.isEmpty ? nil : $0 }
    let folder = WorkspaceFolder(option ?? variable ?? FileManager.default.currentDirectoryPath)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      let named = option != nil ? "--workspace" : "RECONCILE_WORKSPACE"
      throw Failure(
        .configurationMissing, "\(named) names \(folder.path), which is not a folder", fix: "run `reconcile init` first"
      )
    }
    return folder
  }

  /// Where and how: `reconcile.yaml`.
  package var configuration: String { path + "/reconcile.yaml" }

  /// What: the folder of the mapping files, which may be missing.
  package var mappings: URL { URL(fileURLWithPath: path + "/mappings", isDirectory: true) }

  /// The folder of the ledger; only its owner may enter it.
  package var state: String { path + "/state" }

  /// The ledger; only its owner may read it.
  package var ledger: String { state + "/ledger.sqlite" }

  /// The queue of referrals that events named; only its owner may read it.
  package var touchedQueue: String { state + "/touched.sqlite" }

  /// The folder of all reports.
  package var reports: String { path + "/reports" }

  /// The folder of one run's reports.
  package func reports(of run: RunID) -> String { reports + "/" + run.text }

  /// The link to the newest run's folder.
  package var latestReports: String { reports + "/latest" }
}
