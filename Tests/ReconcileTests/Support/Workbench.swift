import Foundation
import GRDB
import JSON
import Model

/// A sandbox and a workspace that works against it; both go when the test is over.
final class Workbench {
  let folder: URL
  let sandbox: SandboxProcess
  /// The environment of every command.
  var environment: [String: String]
  /// Whether `apply` is told how many rows that cannot be taken back are decided, as whoever applies has to say.
  var confirms = true

  convenience init(_ size: SandboxProcess.Size = SandboxProcess.Size()) throws {
    try self.init(of: SandboxProcess(size))
  }

  /// Another workspace that works against the same sandbox.
  init(of sandbox: SandboxProcess) throws {
    self.sandbox = sandbox
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-bench-\(UUID().uuidString)")
    environment = Self.environment
    try layOut(folder)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The environment of this process, without anything that steers the program.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RECONCILE_") }
  }

  /// Lets the workspace work against another sandbox from now on.
  func pointed(at other: SandboxProcess) throws {
    for file in other.ready.at("workspace.files")?.objectValue ?? [] {
      try write(file.value.stringValue ?? "", to: file.name)
    }
  }

  /// Writes the workspace that the sandbox describes into a folder.
  func layOut(_ folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for file in sandbox.ready.at("workspace.files")?.objectValue ?? [] {
      let target = folder.appendingPathComponent(file.name)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try write(file.value.stringValue ?? "", to: file.name, in: folder)
    }
  }

  // MARK: Commands

  /// Runs a command in the workspace and waits for its end.
  func reconcile(_ arguments: String..., in other: URL? = nil) throws -> Command.Result {
    try start(arguments, in: other).wait()
  }

  /// Starts a command in the workspace.
  func start(_ arguments: [String], in other: URL? = nil, shell: String = "", redirection: String = "") throws
    -> Command
  {
    try Command(
      arguments + confirmation(of: arguments), in: other ?? folder, environment: environment, shell: shell,
      redirection: redirection)
  }

  /// The number of rows that are decided to be written and cannot be taken back, as an option of `apply`.
  private func confirmation(of arguments: [String]) -> [String] {
    let others = ["--resume", "--decisions", "--only", "--confirm-irreversible", "--help"]
    guard confirms, arguments.first == "apply", !others.contains(where: arguments.contains),
      let number = try? changes().rows.count(where: { $0.isForGood && $0.isDecidedToBeWritten }), number > 0
    else { return [] }
    return ["--confirm-irreversible", "\(number)"]
  }

  // MARK: Files

  func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func text(_ name: String) throws -> String { try String(contentsOf: path(name), encoding: .utf8) }

  func write(_ text: String, to name: String, in other: URL? = nil) throws {
    let target = (other ?? folder).appendingPathComponent(name)
    try Data(text.utf8).write(to: target)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
  }

  /// Replaces a text that must be there in a file.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try text(name)
    guard text.contains(old) else { throw SandboxProcess.Refused(message: "\(name) does not say \(old)") }
    try write(text.replacingOccurrences(of: old, with: new), to: name)
  }

  /// Puts the starter's mapping files in place.
  func addStarterMappings() throws {
    let starter = Binary.repository.appendingPathComponent("mappings")
    let files = FileManager.default.enumerator(atPath: starter.path)?.allObjects.compactMap { $0 as? String } ?? []
    for name in files where name.hasSuffix(".csv") {
      let target = path("mappings/" + name)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: starter.appendingPathComponent(name), to: target)
    }
  }

  /// Takes over the mapping files of another workspace.
  func takeMappings(of other: Workbench) throws {
    try FileManager.default.copyItem(at: other.path("mappings"), to: path("mappings"))
  }

  // MARK: Reports

  /// The newest run's changes.csv.
  func changes() throws -> Report { try Report(path("reports/latest/changes.csv")) }

  /// The newest run's reconciliation.csv.
  func reconciliation() throws -> Report { try Report(path("reports/latest/reconciliation.csv")) }

  /// Fills in the decision column, as a reviewer does; nil leaves the proposal.
  func decide(_ decision: (Report.Row) -> String?) throws {
    var report = try changes()
    for index in report.rows.indices {
      if let word = decision(report.rows[index]) { report.rows[index]["decision"] = word }
    }
    try report.write(to: path("reports/latest/changes.csv"))
  }

  /// Decides everything: whatever is held is to be applied, of conflicts Salesforce is right.
  func decideAll() throws {
    try decide { $0["risk"] == "conflict" ? Self.choice($0, second: false) : "apply" }
  }

  /// A side of a conflict.
  static func choice(_ row: Report.Row, second: Bool) -> String { second ? "partner-center" : "salesforce" }

  /// The runs that the ledger knows, as JSON lines.
  func runs() throws -> [String] { try reconcile("runs", "--json").lines }

  /// Both sides brought to agreement, as after some nights of use.
  func settle() throws {
    for _ in 0..<3 {
      _ = try reconcile("plan")
      guard try !changes().rows.isEmpty else { break }
      try decideAll()
      _ = try reconcile("apply")
    }
    try sandbox.emptyLog()
  }

  /// Makes the newest run older than it is.
  func backdate(hours: Int) throws {
    let started = Timestamp.iso(Date().addingTimeInterval(-3600 * Double(hours)))
    let ledger = try DatabaseQueue(path: path("state/ledger.sqlite").path)
    try ledger.write { database in
      try database.execute(
        sql: "UPDATE run SET started = ? WHERE number = (SELECT max(number) FROM run)", arguments: [started])
    }
    try ledger.close()
    // What was changed knowingly is taken over without its seal.
    try FileManager.default.removeItem(at: path("state/ledger.sqlite.seal"))
  }

  /// Waits until something has become true.
  ///
  /// - Throws: when it takes too long.
  func wait(for what: String, until condition: () throws -> Bool) throws {
    let limit = Date().addingTimeInterval(600)
    while try !condition() {
      guard Date() < limit else { throw SandboxProcess.Refused(message: "waited in vain for \(what)") }
      usleep(30_000)
    }
  }
}
