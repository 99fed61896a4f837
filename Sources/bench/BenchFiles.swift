import Foundation

/// The exported files of two nights, made by the sandbox's generator.
struct BenchFiles: CustomStringConvertible {
  private let size: Int
  private let folder: URL

  /// Writes both exports.
  init(binary: String, size: Int, folder: URL) throws {
    self.size = size
    self.folder = folder
    for night in [1, 2] {
      let target = folder.appendingPathComponent("night\(night)")
      _ = try Measured.run(
        binary,
        [
          "sandbox", "--referrals", String(size), "--opportunities", String(size), "--seed", "1", "--export",
          target.path, "--night", String(night),
        ])
    }
  }

  /// Size and place of the files.
  var description: String {
    let bytes = [referrals(1), salesforce(1) + "/Opportunity.csv"].map { path in
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
    return
      "\(size) referrals (\(bytes[0] / 1_000_000) MB JSON) x \(size) opportunities (\(bytes[1] / 1_000_000) MB CSV), "
      + "seed 1, \(ProcessInfo.processInfo.activeProcessorCount) processors"
  }

  /// The command line of one night's plan.
  func planArguments(_ night: Night, workspace: URL) -> [String] {
    [
      "plan", "--quiet", "--workspace", workspace.path, "--partner-center-from", referrals(night.export),
      "--salesforce-from", salesforce(night.export),
    ]
  }

  /// What the peer is given: both files, its own state, and where to write the changes.
  func peerArguments(_ night: Night, folder: URL) -> [String] {
    [
      referrals(night.export), salesforce(night.export) + "/Opportunity.csv",
      folder.appendingPathComponent("peer.duckdb").path, folder.appendingPathComponent("peer").path,
    ]
  }

  private func referrals(_ night: Int) -> String { folder.appendingPathComponent("night\(night)/referrals.json").path }
  private func salesforce(_ night: Int) -> String { folder.appendingPathComponent("night\(night)/salesforce").path }
}
