import Foundation

/// Exported files of both services, and workspaces that know nothing but them.
final class Exports {
  let folder: URL

  /// Lets the sandbox write the files.
  init(seed: Int = 3, referrals: Int = 30, opportunities: Int = 30, night: Int = 1) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-exports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try export(to: "files", seed: seed, referrals: referrals, opportunities: opportunities, night: night)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the referrals and the opportunities lie.
  var referrals: URL { folder.appendingPathComponent("files/referrals.json") }
  var opportunities: URL { folder.appendingPathComponent("files/salesforce/Opportunity.csv") }

  /// The options that make `plan` read the files.
  var sources: [String] {
    ["--partner-center-from", referrals.path, "--salesforce-from", opportunities.deletingLastPathComponent().path]
  }

  /// Writes the files of a population anew.
  func export(to name: String = "files", seed: Int = 3, referrals: Int, opportunities: Int, night: Int = 1) throws {
    let result = try reconcile(
      [
        "sandbox", "--export", folder.appendingPathComponent(name).path, "--seed", "\(seed)", "--referrals",
        "\(referrals)", "--opportunities", "\(opportunities)", "--night", "\(night)",
      ], in: folder)
    guard result.status == 0 else { throw SandboxProcess.Refused(message: result.description) }
  }

  /// A new workspace without configuration and without mappings.
  func workspace() throws -> URL {
    let workspace = folder.appendingPathComponent("workspace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    return workspace
  }

  /// Runs a command in a workspace.
  func reconcile(_ arguments: [String], in workspace: URL) throws -> Command.Result {
    try Command(arguments, in: workspace, environment: Workbench.environment).wait()
  }
}
