import Foundation

/// The room on a disk.
struct DiskSpace {
  /// Bytes that this user may still write.
  let free: Int

  /// The room on the disk of a folder, or of another one where the first is not there; nil where the system does not tell.
  init?(of folder: String, else other: String) {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 || statvfs(other, &status) == 0 else { return nil }
    free = Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }
}
