import Foundation

/// What the system says of a file, or of the one that a link leads to.
struct FileFacts {
  /// The bits of its mode that `chmod` changes.
  let mode: Int
  /// Its length in bytes.
  let length: Int

  /// The facts of a file; nil when there is none.
  init?(at path: String) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
      let mode = attributes[.posixPermissions] as? NSNumber, let length = attributes[.size] as? NSNumber
    else { return nil }
    self.mode = mode.intValue & 0o777
    self.length = length.intValue
  }
}
