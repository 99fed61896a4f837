import Foundation
package import Model

/// A new workspace after another one: its configuration and mappings, never its secrets, state or reports.
///
/// Everything is read and checked before the first byte is written. What is copied is named here; whatever else lies in the
/// other workspace stays there, and no link is followed.
package struct WorkspaceCopy: Sendable {
  /// What a person has to look at before the copy is used, in the order of the new `reconcile.yaml`.
  package let reviews: [ConfigurationReview]
  private let files: [String: [UInt8]]
  private let target: WorkspaceFolder

  /// Reads what is to be copied.
  ///
  /// - Throws: why there is nothing to copy, the two folders do not go together, or a file cannot be taken over; every
  ///   mistake of the other configuration.
  package init(of source: WorkspaceFolder, to target: WorkspaceFolder) throws(ConfigurationMistakes) {
    var files: [String: [UInt8]]
    do throws(Failure) {
      try Self.requireApart(source, target)
      try WorkspaceLayout.requireEmpty(target)
      files = try Self.read(source)
    } catch {
      throw ConfigurationMistakes([error])
    }
    let text = String(decoding: files[ConfigurationFile.name] ?? [], as: UTF8.self)
    let file = ConfigurationFile(text, environment: [:])
    guard file.failures.isEmpty else { throw ConfigurationMistakes(file.failures) }
    let configuration = ConfigurationCopy(text, read: file)
    files[ConfigurationFile.name] = Array(configuration.text.utf8)
    // A secret may lie among the mappings, where the configuration says that it does.
    for path in file.secretFiles(in: source) { files[path] = nil }
    self.files = files
    reviews = configuration.reviews
    self.target = target
  }

  /// Writes the new workspace.
  ///
  /// - Returns: the paths that were written, relative to the folder, sorted.
  @discardableResult
  package func write() throws(Failure) -> [String] {
    try WorkspaceLayout(files: files).write(to: target)
  }

  private static func read(_ source: WorkspaceFolder) throws(Failure) -> [String: [UInt8]] {
    guard CopiedFiles.kind(of: source.configuration) != .nothing else {
      throw Failure(
        .copySourceUnusable, "there is no \(ConfigurationFile.name) in \(source.path)",
        fix: "name the folder of a workspace with --from")
    }
    let reader = CopiedFiles(of: source.path)
    var files = try reader.folder("mappings")
    files[ConfigurationFile.name] = try reader.file(ConfigurationFile.name, sizeLimit: 1 << 20)
    let hasOwn = CopiedFiles.kind(of: source.path + "/.gitignore") != .nothing
    files[".gitignore"] =
      hasOwn ? try reader.file(".gitignore", sizeLimit: 1 << 20) : Array(WorkspaceStarter.ignored.utf8)
    return files
  }

  /// Refuses two folders of which one is or holds the other, however their paths are written.
  private static func requireApart(_ source: WorkspaceFolder, _ target: WorkspaceFolder) throws(Failure) {
    guard let from = CopiedFiles.realPath(source.path), CopiedFiles.kind(of: from) == .folder else {
      throw Failure(
        .copySourceUnusable, "--from names \(source.path), which is not a folder", fix: "name the folder of a workspace"
      )
    }
    let to = CopiedFiles.nearestRealPath(target.path)
    let fix = "name a folder beside it"
    if from == to { throw Failure(.copyOverlap, "\(target.path) is the workspace to be copied itself", fix: fix) }
    if to.hasPrefix(from + "/") || from == "/" {
      throw Failure(.copyOverlap, "\(target.path) lies in the workspace to be copied", fix: fix)
    }
    if from.hasPrefix(to + "/") || to == "/" {
      throw Failure(.copyOverlap, "\(target.path) holds the workspace to be copied", fix: fix)
    }
  }
}
