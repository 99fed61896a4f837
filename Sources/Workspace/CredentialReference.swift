import Foundation
package import Model

/// Where a secret is kept; the configuration holds this, never the secret.
package struct CredentialReference: Sendable, Hashable, CustomStringConvertible {
  /// The place that `env:`, `file:` or `cmd:` names.
  package enum Source: Sendable, Hashable {
    /// A variable of the environment.
    case environment(String)
    /// A file, relative to the workspace.
    case file(String)
    /// A command for `/bin/sh`; the first line that it prints is the secret.
    case command(String)

    /// Reads a reference; nil for a text without such a prefix, which may be a secret itself.
    package init?(_ text: String) {
      let rest = { (prefix: String) in String(text.dropFirst(prefix.count)) }
      if text.hasPrefix("env:") {
        self = .environment(rest("env:"))
      } else if text.hasPrefix("file:") {
        self = .file(rest("file:"))
      } else if text.hasPrefix("cmd:") {
        self = .command(rest("cmd:"))
      } else {
        return nil
      }
    }

    /// Whether nothing follows the prefix.
    var isEmpty: Bool {
      switch self {
      case .environment(let text), .file(let text), .command(let text): !text.contains { !$0.isWhitespace }
      }
    }
  }

  /// Where the secret is kept.
  package let source: Source
  /// The key of the configuration: `salesforce.private_key`.
  package let key: String
  private let folder: String

  /// A reference of a key in a workspace's folder.
  package init(_ source: Source, key: String, folder: String) {
    self.source = source
    self.key = key
    self.folder = folder
  }

  /// `salesforce.private_key (file:secrets/salesforce.key)`; a command is not shown, it may hold a secret.
  package var description: String {
    switch source {
    case .environment(let name): "\(key) (env:\(name))"
    case .file(let path): "\(key) (file:\(path))"
    case .command: "\(key) (cmd)"
    }
  }

  /// The absolute path of a file; nil for a secret that is kept elsewhere.
  package var path: String? {
    guard case .file(let path) = source else { return nil }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }

  /// Gets the secret, without line breaks at its end.
  ///
  /// - Throws: `Failure` with `secretUnreadable` that names the key and never the secret.
  package func resolve(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Failure) -> Secret {
    let text: String
    switch source {
    case .environment(let name):
      guard let value = environment[name] else { throw failure("the variable \(name) is not set") }
      text = value
    case .file(let path): text = try read(path)
    case .command(let command): text = try run(command)
    }
    let secret = Secret(String(text.reversed().drop(while: \.isNewline).reversed()))
    guard !secret.isEmpty else { throw failure("the secret is empty") }
    return secret
  }

  /// A warning when others than the owner may read the file; nil when all is well.
  package var permissionWarning: String? {
    guard let path, let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0
    else { return nil }
    return "\(self): others may read the file (mode \(String(mode, radix: 8))); run chmod 600 \(path)"
  }

  /// Keeps a rotated secret: the file is replaced as a whole, readable for its owner only.
  ///
  /// - Throws: `Failure` with `secretUnwritable` when the secret is not kept in a file, or the file cannot be written.
  package func store(_ secret: Secret) throws(Failure) {
    guard let path else {
      throw failure(
        "the service gave a new secret, which cannot be kept there", fix: "use file:PATH for it", .secretUnwritable)
    }
    do {
      try PrivateFile.replace(path, with: secret.reveal() + "\n")
    } catch {
      throw failure(
        "the new secret cannot be written: \(error.reason)", fix: "make the folder of \(path) writable",
        .secretUnwritable)
    }
  }

  // MARK: Sources

  private static let sizeLimit = 1 << 16

  private func read(_ name: String) throws(Failure) -> String {
    guard let path, let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: Self.sizeLimit + 1) ?? Data()
    else {
      throw failure("the file \(name) cannot be read", fix: "create it with mode 600, or name another")
    }
    guard data.count <= Self.sizeLimit, let text = String(validating: data, as: UTF8.self) else {
      throw failure("the file \(name) is not a text of at most \(Self.sizeLimit) bytes")
    }
    return text
  }

  private func run(_ command: String) throws(Failure) -> String {
    let result: SecretCommand.Result
    do {
      result = try SecretCommand(command, folder: folder).run()
    } catch {
      throw failure("the command cannot be started")
    }
    switch result {
    case .output(let text): return text
    case .exit(let status): throw failure("the command ended with status \(status)")
    case .timeout: throw failure("the command did not end within \(SecretCommand.defaultPatience) seconds")
    }
  }

  private func failure(_ problem: String, fix: String? = nil, _ code: Code = .secretUnreadable) -> Failure {
    Failure(code, "\(self): \(problem)", fix: fix)
  }
}
