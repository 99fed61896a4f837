import Foundation
import JSON
import Model

/// What a ready line of the sandbox says: where it is, and the files of a workspace that works against it.
struct SandboxWorkspace {
  /// The address of the server.
  let origin: String
  private let files: [JSONMember]

  /// Reads a ready line.
  ///
  /// - Throws: `Failure` with `malformedAnswer` when it is none.
  init(readyLine: String) throws {
    let ready = try JSONValue(parsing: readyLine)
    guard let origin = ready.at("salesforce.instance_url")?.stringValue,
      case .object(let files)? = ready.at("workspace.files")
    else { throw Failure(.malformedAnswer, "the sandbox did not say that it is ready") }
    self.origin = origin
    self.files = files
  }

  /// Writes the files into a folder, for their owner alone; what is there already stays.
  func write(to folder: URL) throws {
    for file in files {
      let target = folder.appendingPathComponent(file.name)
      guard !FileManager.default.fileExists(atPath: target.path) else { continue }
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let text = Data((file.value.stringValue ?? "").utf8)
      guard
        FileManager.default.createFile(
          atPath: target.path, contents: text, attributes: [.posixPermissions: 0o600])
      else {
        throw Failure(
          .wrongUsage, "\(target.path) cannot be written", fix: "name a folder that this user may write to")
      }
    }
  }
}
