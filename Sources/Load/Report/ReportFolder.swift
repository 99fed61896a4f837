package import CSV
import Foundation
package import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder of one run's reports: `reports/<run-id>/`.
///
/// A report appears under its name only when it is complete: temporary file, fsync, rename. Reports hold customers'
/// names and money, so only the owner may read them.
package struct ReportFolder: Sendable {
  /// The permission bits of a report.
  package static let mode: UInt32 = 0o600

  private let parent: String
  private let run: RunID

  /// Opens the folder of a run below `reports`, and makes it when there is none.
  ///
  /// - Throws: `Failure` with `reportUnwritable` when it cannot be made, or is a link: reports are not written elsewhere.
  package init(in reports: String, run: RunID) throws {
    parent = reports
    self.run = run
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: reports + "/" + run.text) {
      throw Self.failure(reports + "/" + run.text, "is a link to \(target)")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: reports + "/" + run.text, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Self.failure(reports + "/" + run.text, "cannot be made: \(error.localizedDescription)")
    }
  }

  /// Where the folder lies.
  package var path: String { parent + "/" + run.text }

  /// Writes a CSV report row by row; a spreadsheet recognises it as UTF-8 by its byte order mark.
  package func writeTable(_ name: String, _ body: (inout CSVWriter) throws -> Void) throws {
    let file = path + "/" + name
    do {
      var writer = try CSVWriter(replacing: file, mode: Self.mode)
      writer.writeByteOrderMark()
      try body(&writer)
      try writer.finish()
    } catch let error as CSVError {
      throw Self.failure(file, error.message)
    }
  }

  /// Writes a report as a whole.
  package func write(_ name: String, _ bytes: [UInt8]) throws {
    try write(name) { try $0.write(bytes) }
  }

  /// Writes a report piece by piece.
  func write(_ name: String, _ body: (inout BlockWriter) throws -> Void) throws {
    let temporary = try temporary(name)
    do {
      defer { try? temporary.handle.close() }
      try temporary.attempt { handle in
        var writer = BlockWriter(handle)
        try body(&writer)
        try writer.flush()
        try handle.synchronize()
      }
      guard rename(temporary.path, temporary.report) == 0 else { throw Self.failure(temporary.report, Self.reason) }
    } catch {
      temporary.remove()
      throw error
    }
    Self.sync(path)
  }

  /// A new file for a report that is not complete yet.
  func temporary(_ name: String) throws -> Temporary {
    let report = path + "/" + name
    let path = report + ".\(getpid()).tmp"
    unlink(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(Self.mode))
    guard descriptor >= 0 else { throw Self.failure(report, Self.reason) }
    return Temporary(
      report: report, path: path, handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  }

  /// A file for something that is not complete yet, open for reading and writing.
  struct Temporary {
    /// What shall become of it.
    let report: String
    /// Where it lies meanwhile.
    let path: String
    let handle: FileHandle

    func remove() { unlink(path) }

    /// Uses the file; what goes wrong is told as the report's failure.
    func attempt<Result>(_ body: (FileHandle) throws -> Result) throws -> Result {
      do {
        return try body(handle)
      } catch let failure as Failure {
        throw failure
      } catch {
        throw ReportFolder.failure(report, "cannot be written: \(error.localizedDescription)")
      }
    }
  }

  /// Points `reports/latest` at this run.
  ///
  /// The link is swapped in one step: a reader finds the old run or the new one, never nothing.
  package func becomeLatest() throws {
    let link = parent + "/latest"
    let temporary = parent + "/.latest.\(getpid())"
    unlink(temporary)
    guard symlink(run.text, temporary) == 0, rename(temporary, link) == 0 else {
      let reason = Self.reason
      unlink(temporary)
      throw Self.failure(link, reason)
    }
    Self.sync(parent)
  }

  /// Removes what a run that died left of reports that were not complete.
  ///
  /// Only who holds the run lock may call it: another run's reports in the making look the same.
  package func removeLeftovers() {
    let runs = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in runs where name.hasPrefix(".latest.") { unlink(parent + "/" + name) }
    for run in runs where RunID(run) != nil {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: parent + "/" + run)) ?? []
      for name in files where name.hasSuffix(".tmp") { unlink("\(parent)/\(run)/\(name)") }
    }
  }

  /// Makes new names durable, where the file system can.
  private static func sync(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static var reason: String { "cannot be written: \(String(cString: strerror(errno)))" }

  fileprivate static func failure(_ path: String, _ reason: String) -> Failure {
    Failure(
      .reportUnwritable, "\(path) \(reason)",
      fix: "free disk space, or make the folder writable for the user who runs reconcile")
  }
}
