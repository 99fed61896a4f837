import Foundation

/// The descriptions of Salesforce's objects as they were last answered, one file each below `state/`.
///
/// They save time and nothing depends on them: what cannot be read or written counts as not there.
package struct DescriptionFolder: Sendable {
  private let path: String

  /// The folder within a workspace.
  package init(in workspace: WorkspaceFolder) {
    path = workspace.state + "/describe"
  }

  /// The document kept under a key, with the service's time of its last change; nil when there is none.
  @Sendable package func load(_ key: String) -> (lastModified: String, document: [UInt8])? {
    guard let data = FileManager.default.contents(atPath: file(key)), let end = data.firstIndex(of: 0x0A),
      let time = String(validating: data[..<end], as: UTF8.self)
    else { return nil }
    return (time, Array(data[data.index(after: end)...]))
  }

  /// Keeps a document under a key.
  @Sendable package func store(_ key: String, _ lastModified: String, _ document: [UInt8]) {
    guard !lastModified.contains(where: \.isNewline) else { return }
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? PrivateFile.replace(file(key), with: Array(lastModified.utf8) + [0x0A] + document)
  }

  /// A key may hold an object's name; anything but letters, digits and underscores is written as a hyphen.
  private func file(_ key: String) -> String {
    path + "/" + String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" })
  }
}
