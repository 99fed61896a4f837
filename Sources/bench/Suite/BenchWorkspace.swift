import Foundation

/// The workspace in which the measured binary lives through its nights.
struct BenchWorkspace {
  private let binary: String
  private let folder: URL

  /// A new workspace with the starter mapping.
  init(binary: String, folder: URL) throws {
    self.binary = binary
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: "mappings"), to: folder.appendingPathComponent("mappings"))
  }

  /// Plans from the files of an export.
  func plan(_ files: BenchFiles, export: Int) throws -> Cost {
    let run = try Measured.run(
      binary,
      [
        "plan", "--quiet", "--workspace", folder.path, "--partner-center-from", files.referrals(export),
        "--salesforce-from", files.salesforce(export),
      ])
    let summary = try RunSummary(of: folder)
    return Cost(
      run, state: ledgerSize, requests: summary.requests.values.reduce(0, +),
      stages: summary.milliseconds.mapValues { Double($0) / 1000 })
  }

  /// Plans the last snapshots again, by a mapping in which notes do not go to Partner Center any more.
  func replan() throws -> Cost {
    let file = folder.appendingPathComponent("mappings/fields.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    let edited = text.replacing("Opportunity.Description,always,always,", with: "Opportunity.Description,always,never,")
    guard edited != text else {
      throw Measured.Refused(description: "the starter mapping has no row that can be edited")
    }
    try Data(edited.utf8).write(to: file)
    defer { try? Data(text.utf8).write(to: file) }
    let run = try Measured.run(
      binary, ["plan", "--replan", "latest", "--workspace", folder.path], isSilent: true)
    return Cost(run, state: ledgerSize)
  }

  /// The rows that a person would look at after the last plan.
  var changes: String { folder.appendingPathComponent("reports/latest/changes.csv").path }

  private var ledgerSize: Int { DiskUse.bytes(below: folder.appendingPathComponent("state")) }
}

/// What `summary.json` tells of the newest run.
struct RunSummary: Decodable {
  let requests: [String: Int]
  let milliseconds: [String: Int]

  /// Reads it from a workspace.
  init(of workspace: URL) throws {
    let file = workspace.appendingPathComponent("reports/latest/summary.json")
    self = try JSONDecoder().decode(RunSummary.self, from: Data(contentsOf: file))
  }
}

/// What files take.
enum DiskUse {
  /// The sizes of all files below a folder.
  static func bytes(below folder: URL) -> Int {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.reduce(0) { sum, name in
      let facts = try? FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
      guard facts?[.type] as? FileAttributeType == .typeRegular else { return sum }
      return sum + (facts?[.size] as? Int ?? 0)
    }
  }
}
