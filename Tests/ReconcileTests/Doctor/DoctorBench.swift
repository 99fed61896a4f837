import Foundation
import GRDB
import JSON

/// A workspace against a sandbox, and what `doctor` says of it.
final class DoctorBench {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// One line of the JSON output, numbers that differ from machine to machine and from call to call left out.
  struct Line: Hashable, CustomStringConvertible {
    let check: String
    let level: String
    let what: String
    let code: String
    let fix: String

    var description: String { "\(check) \(level) \(code): \(what) – \(fix)" }
  }

  /// What a call of `doctor` came to.
  struct Outcome {
    let status: Int32
    let lines: [Line]

    func lines(of check: String) -> [Line] { lines.filter { $0.check == check } }
  }

  /// Calls `doctor --json`.
  func look(_ arguments: String...) throws -> Outcome {
    let result = try bench.start(["doctor", "--json"] + arguments).wait()
    let lines = try result.lines.map { try JSONValue(parsing: $0) }.filter { $0["message_type"] == .string("check") }
    return Outcome(
      status: result.status,
      lines: lines.map { line in
        func text(_ name: String) -> String { line[name]?.stringValue ?? "" }
        let varies = ["disk", "api-quota"].contains(text("check"))
        return Line(
          check: text("check"), level: text("level"),
          what: varies ? text("what").replacing(/\d+/, with: "N") : text("what"), code: text("code"), fix: text("fix"))
      })
  }

  // MARK: Sabotage

  /// Replaces a text in `reconcile.yaml`.
  func configure(_ old: String, _ new: String) throws { try bench.replace(old, with: new, in: "reconcile.yaml") }

  /// Takes a line out of `reconcile.yaml`.
  func unconfigure(_ key: String) throws {
    let lines = try bench.text("reconcile.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.filter { !$0.contains("\(key):") }
    guard kept.count == lines.count - 1 else { throw SandboxProcess.Refused(message: "no single line of \(key)") }
    try bench.write(kept.joined(separator: "\n"), to: "reconcile.yaml")
  }

  /// Gives a setting another value than its default.
  func set(_ setting: String, insteadOf usual: String, _ value: String) throws {
    try bench.write(
      try bench.text("mappings/settings.csv") + "\(setting),\(usual),\(value),\n", to: "mappings/settings.csv")
  }

  /// Puts a starter's mapping file in place, with a text replaced.
  func map(_ file: String, _ old: String, _ new: String) throws {
    let starter = try String(
      contentsOf: Binary.repository.appendingPathComponent("mappings/" + file), encoding: .utf8)
    guard starter.contains(old) else { throw SandboxProcess.Refused(message: "\(file) does not say \(old)") }
    try bench.write(starter.replacingOccurrences(of: old, with: new), to: "mappings/" + file)
  }

  func chmod(_ mode: Int, _ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: bench.path(name).path)
  }

  /// Makes the refresh token's file so many days older than it is.
  func ageToken(days: Int) throws {
    let date = Date().addingTimeInterval(-86_400 * (Double(days) + 0.5))
    try FileManager.default.setAttributes(
      [.modificationDate: date], ofItemAtPath: bench.path("secrets/partner-center-refresh-token").path)
  }

  /// A plan, so that there is a ledger.
  func plan() throws {
    let plan = try bench.reconcile("plan")
    guard plan.status == 0 else { throw SandboxProcess.Refused(message: "\(plan)") }
  }

  /// Changes the ledger as no run does, and takes it over knowingly.
  func alterLedger(_ sql: String) throws {
    let ledger = try DatabaseQueue(path: bench.path("state/ledger.sqlite").path)
    try ledger.write { try $0.execute(sql: sql) }
    try ledger.close()
    try FileManager.default.removeItem(at: bench.path("state/ledger.sqlite.seal"))
  }
}
