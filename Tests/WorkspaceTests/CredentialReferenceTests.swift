import Foundation
import Model
import Testing

@testable import Workspace

/// A new empty folder in the temporary one.
func temporaryFolder() throws -> String {
  let path = WorkspaceFolder(NSTemporaryDirectory() + "workspace-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

/// The permission bits of a file.
func mode(_ path: String) throws -> Int? {
  (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
}

@Suite("Credentials by reference")
struct CredentialReferenceTests {
  private func reference(_ text: String, in folder: String = "/tmp") throws -> CredentialReference {
    CredentialReference(try #require(CredentialReference.Source(text)), key: "salesforce.client_secret", folder: folder)
  }

  private func message(_ reference: CredentialReference, environment: [String: String] = [:]) -> String? {
    do {
      _ = try reference.resolve(environment: environment)
      return nil
    } catch {
      return error.code == .secretUnreadable ? error.message : "wrong code"
    }
  }

  @Test("env: reads a variable")
  func environment() throws {
    let reference = try reference("env:TOKEN")
    #expect(try reference.resolve(environment: ["TOKEN": "s3cret\n"]).reveal() == "s3cret")
    #expect(message(reference) == "salesforce.client_secret (env:TOKEN): the variable TOKEN is not set")
    #expect(
      message(reference, environment: ["TOKEN": "\n"]) == "salesforce.client_secret (env:TOKEN): the secret is empty")
  }

  @Test("file: reads a file of the workspace, whole, without the line break at its end")
  func file() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "line one\nline two\n\n".write(toFile: folder + "/key", atomically: true, encoding: .utf8)
    #expect(try reference("file:key", in: folder).resolve().reveal() == "line one\nline two")
    #expect(try reference("file:\(folder)/key").resolve().reveal() == "line one\nline two")
    #expect(
      message(try reference("file:none", in: folder))
        == "salesforce.client_secret (file:none): the file none cannot be read")
    #expect(
      message(try reference("file:.", in: folder)) == "salesforce.client_secret (file:.): the file . cannot be read")
  }

  @Test("cmd: takes the first line of what a command prints, in the workspace's folder")
  func command() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try reference("cmd:printf 'one\\ntwo\\n'", in: folder).resolve().reveal() == "one")
    #expect(try reference("cmd:printf one", in: folder).resolve().reveal() == "one")
    #expect(
      try reference("cmd:pwd", in: folder).resolve().reveal()
        == URL(fileURLWithPath: folder).resolvingSymlinksInPath().path)
    #expect(try reference("cmd:yes secret | head -c 300000", in: folder).resolve().reveal() == "secret")
  }

  @Test("a command that fails says so, and neither the command nor its output is repeated")
  func failingCommand() throws {
    #expect(
      message(try reference("cmd:echo hunter2; exit 7"))
        == "salesforce.client_secret (cmd): the command ended with status 7")
    #expect(message(try reference("cmd:true")) == "salesforce.client_secret (cmd): the secret is empty")
    #expect("\(try reference("cmd:echo hunter2"))" == "salesforce.client_secret (cmd)")
  }

  @Test("a command that hangs is given up")
  func hangingCommand() throws {
    let started = Date()
    #expect(try SecretCommand("sleep 30", folder: "/tmp", patience: 1).run() == .timeout)
    #expect(Date().timeIntervalSince(started) < 20)
  }

  @Test(
    "a file that others may read is a warning",
    arguments: [(0o600, false), (0o400, false), (0o640, true), (0o604, true)])
  func permissions(permissions: Int, isWarned: Bool) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "x".write(toFile: folder + "/key", atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: folder + "/key")
    let warning = try reference("file:key", in: folder).permissionWarning
    #expect((warning != nil) == isWarned)
    #expect(warning?.contains("chmod 600") ?? true)
    #expect(try reference("env:key", in: folder).permissionWarning == nil)
  }

  @Test("a rotated secret replaces the file as a whole, for its owner only")
  func store() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "old".write(toFile: folder + "/token", atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/token")
    let reference = try reference("file:token", in: folder)
    try reference.store(Secret("new-secret"))
    #expect(try String(contentsOfFile: folder + "/token", encoding: .utf8) == "new-secret\n")
    #expect(try reference.resolve().reveal() == "new-secret")
    #expect(try mode(folder + "/token") == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["token"])
  }

  @Test(
    "a rotated secret that cannot be kept is an error without the secret",
    arguments: ["env:X", "cmd:true", "file:none/such/token"])
  func unstorable(text: String) throws {
    let reference = try reference(text)
    #expect {
      try reference.store(Secret("hunter2"))
    } throws: { error in
      let failure = error as? Failure
      return failure?.code == .secretUnwritable && !"\(error)".contains("hunter2") && failure?.fix != nil
    }
  }
}
