import Foundation
package import Model

/// The reports of runs that left the ledger.
package struct OldReports: Sendable {
  private let folder: String

  /// What was taken away.
  package struct Freed: Sendable, Hashable {
    /// Folders, and the bytes of the files in them.
    package var folders = 0
    package var bytes = 0
  }

  /// The reports below a folder, which may be missing.
  package init(in folder: String) {
    self.folder = folder
  }

  /// The run that `latest` leads to; nil when it leads nowhere.
  package var shown: RunID? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/latest")).flatMap { RunID($0) }
  }

  /// The runs whose folders go, oldest first: of `removed` ones those that are there, but for the newest `kept` of all.
  ///
  /// A folder of a run that was never removed from this ledger is somebody else's and stays.
  package func due(removed: some Collection<RunID>, keeping kept: Int) -> [RunID] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let removed = Set(removed).subtracting([shown].compactMap(\.self))
    return names.compactMap { RunID($0) }.sorted().dropLast(kept).filter(removed.contains)
  }

  /// What the folders of these runs hold.
  package func size(of runs: [RunID]) -> Freed {
    runs.reduce(into: Freed()) { freed, run in
      freed.folders += 1
      freed.bytes += bytes(of: run)
    }
  }

  /// Removes the folders of these runs; a link in the place of one goes, and not what it leads to.
  ///
  /// A folder of which a part is left, because the process died or was not allowed to, keeps its name and so is found again.
  ///
  /// - Throws: `Failure` with `reportsUnremovable` that names the first one that stays, when all others are gone.
  package func remove(_ runs: [RunID]) throws(Failure) -> Freed {
    var freed = Freed()
    var failure: Failure?
    for run in runs {
      let size = bytes(of: run)
      do {
        try FileManager.default.removeItem(atPath: folder + "/" + run.text)
        freed.folders += 1
        freed.bytes += size
      } catch {
        failure =
          failure
          ?? Failure(
            .reportsUnremovable, "\(folder)/\(run) cannot be removed: \(error.localizedDescription)",
            fix: "make it writable for the user who runs reconcile; the next run removes it")
      }
    }
    if let failure { throw failure }
    return freed
  }

  private func bytes(of run: RunID) -> Int {
    let path = folder + "/" + run.text
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.reduce(0) { sum, name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
      let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
      return sum + (isFile ? (attributes?[.size] as? NSNumber)?.intValue ?? 0 : 0)
    }
  }
}
