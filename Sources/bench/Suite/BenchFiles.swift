import Foundation

/// The exported files of some nights, made by the sandbox's generator.
struct BenchFiles {
  /// The seed of every population that is measured.
  static let seed = 1

  private let binary: String
  private let size: Int
  private let folder: URL

  /// Files of N x N records in a folder; those that are there already are not made again.
  init(binary: String, size: Int, folder: URL) throws {
    self.binary = binary
    self.size = size
    self.folder = folder
    for night in [1, 2] { try write(night) }
  }

  /// Makes the files of a night.
  func write(_ night: Int) throws {
    let target = place(night)
    guard !FileManager.default.fileExists(atPath: target.path) else { return }
    let unfinished = folder.appendingPathComponent("unfinished")
    try? FileManager.default.removeItem(at: unfinished)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try Measured.run(
      binary,
      [
        "sandbox", "--referrals", String(size), "--opportunities", String(size), "--seed", String(BenchFiles.seed),
        "--export", unfinished.path, "--night", String(night),
      ])
    try FileManager.default.moveItem(at: unfinished, to: target)
  }

  /// Removes the files of a night.
  func remove(_ night: Int) throws { try FileManager.default.removeItem(at: place(night)) }

  /// How large the files of the first night are.
  var sizes: FileSizes {
    func bytes(_ path: String) -> Int {
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
    return FileSizes(referrals: bytes(referrals(1)), opportunities: bytes(opportunities(1)))
  }

  func referrals(_ night: Int) -> String { place(night).appendingPathComponent("referrals.json").path }
  func salesforce(_ night: Int) -> String { place(night).appendingPathComponent("salesforce").path }
  func opportunities(_ night: Int) -> String { salesforce(night) + "/Opportunity.csv" }

  private func place(_ night: Int) -> URL { folder.appendingPathComponent("n\(night)") }
}

/// The bytes of both exported files.
struct FileSizes: Codable, Equatable {
  let referrals: Int
  let opportunities: Int
}
