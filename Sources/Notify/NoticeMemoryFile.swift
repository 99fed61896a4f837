import Foundation
import Model
package import Workspace

/// Where a workspace keeps what was told: `state/notices.json`, mode 600.
package struct NoticeMemoryFile: Sendable {
  private let path: String

  /// The file of a workspace.
  package init(in folder: WorkspaceFolder) {
    path = folder.state + "/notices.json"
  }

  /// What was told; nothing where the file is missing or damaged: then the same is told once more.
  func load() -> NoticeMemory {
    guard let data = FileManager.default.contents(atPath: path),
      let memory = try? JSONDecoder().decode(NoticeMemory.self, from: data)
    else { return NoticeMemory() }
    return memory
  }

  /// Keeps what was told.
  ///
  /// - Throws: `Failure` with `noticeMemoryUnwritable`.
  func store(_ memory: NoticeMemory) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let reason: String
    do {
      let text = String(decoding: try encoder.encode(memory), as: UTF8.self)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try PrivateFile.replace(path, with: text + "\n")
      return
    } catch let failure as PrivateFile.WriteFailure {
      reason = failure.reason
    } catch {
      reason = "its folder cannot be made"
    }
    throw Failure(
      .noticeMemoryUnwritable, "\(path) cannot be written: \(reason)", fix: "make the folder writable")
  }
}
