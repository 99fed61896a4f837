import Foundation
import Model

/// Files of a workspace, read to be copied: plain files in plain folders, nothing by a link.
struct CopiedFiles {
  /// What stands at a path; a link is not followed.
  enum Kind {
    case nothing
    case file
    case folder
    case link
    case other
  }

  private let root: String

  /// The files of a workspace at a path.
  init(of root: String) {
    self.root = root
  }

  private static let largestMapping = 64 << 20
  private static let deepest = 4

  /// All files of a folder and those below it, by their paths within the workspace; none when the folder is not there.
  ///
  /// Hidden files and those that editors leave behind are no part of it.
  func folder(_ name: String) throws(Failure) -> [String: [UInt8]] {
    try folder(name, depth: 0)
  }

  private func folder(_ name: String, depth: Int) throws(Failure) -> [String: [UInt8]] {
    let path = root + "/" + name
    if depth == 0, Self.kind(of: path) == .nothing { return [:] }
    guard Self.kind(of: path) == .folder, depth < Self.deepest,
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { throw refusal(name, depth < Self.deepest ? "is no folder that can be read" : "lies too deep") }
    var files: [String: [UInt8]] = [:]
    for entry in names.sorted() where !entry.hasPrefix(".") && !entry.hasSuffix("~") {
      let inner = name + "/" + entry
      if Self.kind(of: root + "/" + inner) == .folder {
        files.merge(try folder(inner, depth: depth + 1)) { first, _ in first }
      } else {
        files[inner] = try file(inner, sizeLimit: Self.largestMapping)
      }
    }
    return files
  }

  /// The bytes of a plain file.
  func file(_ name: String, sizeLimit: Int) throws(Failure) -> [UInt8] {
    let path = root + "/" + name
    switch Self.kind(of: path) {
    case .file: break
    case .link: throw refusal(name, "is a link, and links are not followed")
    case .nothing, .folder, .other: throw refusal(name, "is no plain file")
    }
    // The file may have become a link or a pipe since: neither is opened.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw refusal(name, "cannot be read: \(String(cString: strerror(errno)))") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard let data = try? handle.read(upToCount: sizeLimit + 1) ?? Data() else {
      throw refusal(name, "cannot be read")
    }
    guard data.count <= sizeLimit else { throw refusal(name, "is larger than \(sizeLimit) bytes") }
    return Array(data)
  }

  private func refusal(_ name: String, _ problem: String) -> Failure {
    Failure(.copyUnsafe, "\(root)/\(name) \(problem)", fix: "put the file itself there, or move it away")
  }

  // MARK: Paths

  /// What stands at a path.
  static func kind(of path: String) -> Kind {
    var entry = stat()
    guard lstat(path, &entry) == 0 else { return .nothing }
    switch entry.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// The path without links; nil when nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path without links, of which the last parts need not be there yet.
  static func nearestRealPath(_ path: String) -> String {
    if let real = realPath(path) { return real }
    guard let slash = path.lastIndex(of: "/"), path != "/" else { return path }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    let real = nearestRealPath(parent)
    return (real == "/" ? "" : real) + path[slash...]
  }
}
