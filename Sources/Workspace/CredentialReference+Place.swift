import Foundation
package import Model

extension CredentialReference {
  /// Makes sure that a new secret can be kept, before anybody takes the trouble to get one: the folder of its file is
  /// made where it is missing.
  ///
  /// - Throws: `Failure` with the given code when the secret is not kept in a file, or its folder cannot be written.
  package func prepare(or code: Code = .secretUnwritable) throws(Failure) {
    guard let path else {
      throw Failure(
        code, "\(self): a new secret cannot be kept there",
        fix: "use file:PATH for it, such as file:secrets/\(key.split(separator: ".").last ?? "secret")")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw Failure(
        code, "\(self): the folder \(folder) cannot be written", fix: "give this user the right to write there")
    }
  }
}
