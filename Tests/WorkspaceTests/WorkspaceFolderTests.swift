import Foundation
import Model
import Testing

@testable import Workspace

@Suite("Workspace folder")
struct WorkspaceFolderTests {
  @Test("--workspace, else RECONCILE_WORKSPACE, else the current folder")
  func resolution() throws {
    let (one, two) = (try temporaryFolder(), try temporaryFolder())
    defer { for path in [one, two] { try? FileManager.default.removeItem(atPath: path) } }
    #expect(try WorkspaceFolder.resolve(one, environment: ["RECONCILE_WORKSPACE": two]).path == one)
    #expect(try WorkspaceFolder.resolve(nil, environment: ["RECONCILE_WORKSPACE": two + "/"]).path == two)
    let current = WorkspaceFolder(FileManager.default.currentDirectoryPath)
    #expect(try WorkspaceFolder.resolve(nil, environment: [:]) == current)
    #expect(try WorkspaceFolder.resolve(nil, environment: ["RECONCILE_WORKSPACE": ""]) == current)
  }

  @Test("a folder that is not there is named with the option that named it")
  func missing() {
    #expect(
      throws: Failure(
        .configurationMissing, "--workspace names /nonexistent, which is not a folder",
        fix: "run `reconcile init` first")
    ) {
      _ = try WorkspaceFolder.resolve("/nonexistent", environment: [:])
    }
    #expect(throws: Failure.self) {
      _ = try WorkspaceFolder.resolve(nil, environment: ["RECONCILE_WORKSPACE": "/nonexistent"])
    }
  }

  @Test("where everything lies")
  func paths() throws {
    let folder = WorkspaceFolder("/w/")
    let run = try #require(RunID("20261102T080000Z-abcd"))
    #expect(folder.path == "/w" && folder.configuration == "/w/reconcile.yaml" && folder.mappings.path == "/w/mappings")
    #expect(folder.state == "/w/state" && folder.ledger == "/w/state/ledger.sqlite")
    #expect(
      folder.reports(of: run) == "/w/reports/20261102T080000Z-abcd" && folder.latestReports == "/w/reports/latest")
  }
}

@Suite("A new workspace")
struct WorkspaceStarterTests {
  @Test("configuration, mappings and .gitignore are written; state and secrets are private")
  func written() throws {
    let folder = WorkspaceFolder(try temporaryFolder() + "/new")
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let paths = try WorkspaceStarter.write(to: folder, mappings: ["fields.csv": "f", "values/x.csv": "x"])
    #expect(paths == [".gitignore", "mappings/fields.csv", "mappings/values/x.csv", "reconcile.yaml"])
    #expect(try String(contentsOfFile: folder.path + "/mappings/values/x.csv", encoding: .utf8) == "x")
    #expect(try mode(folder.state) == 0o700 && mode(folder.path + "/secrets") == 0o700)
    let ignored = try String(contentsOfFile: folder.path + "/.gitignore", encoding: .utf8).split(separator: "\n")
    #expect(ignored.filter { $0.hasPrefix("!") } == ["!/.gitignore", "!/README.md", "!/reconcile.yaml", "!/mappings/"])
  }

  @Test(
    "the starter configuration has every key, its defaults are the tool's, and it lacks only what a person must know")
  func configuration() throws {
    let folder = WorkspaceFolder(try temporaryFolder())
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try WorkspaceStarter.write(to: folder, mappings: [:])
    let text = try String(contentsOfFile: folder.configuration, encoding: .utf8)
    let optional: Set<ConfigurationKey> = [.salesforceSecret, .salesforceRefreshToken]
    for key in ConfigurationKey.allCases where !optional.contains(key) {
      #expect(text.contains(" \(key.name):"), "\(key.rawValue)")
      let values = key.defaultText?.split(separator: "\n") ?? []
      #expect(values.allSatisfy { text.contains($0) }, "\(key.rawValue)")
    }
    let configuration = try Configuration.load(folder, environment: [:])
    #expect(configuration.safety == (try Configuration("", in: folder)).safety)
    #expect {
      _ = try configuration.partnerCenter()
    } throws: { error in
      (error as? ConfigurationMistakes)?.failures.count == 3
    }
  }

  @Test("E109: a folder that holds something is refused and left alone; a .git is no obstacle")
  func notEmpty() throws {
    let path = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path + "/.git", withIntermediateDirectories: true)
    try "x".write(toFile: path + "/notes.txt", atomically: true, encoding: .utf8)
    #expect {
      try WorkspaceStarter.write(to: WorkspaceFolder(path), mappings: ["fields.csv": ""])
    } throws: { error in
      (error as? Failure)?.code == .workspaceNotEmpty && "\(error)".contains("notes.txt")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [".git", "notes.txt"])
    try FileManager.default.removeItem(atPath: path + "/notes.txt")
    try WorkspaceStarter.write(to: WorkspaceFolder(path), mappings: [:])
    #expect(throws: Failure.self) { try WorkspaceStarter.write(to: WorkspaceFolder(path), mappings: [:]) }
  }
}
