import Foundation
import Load
import Model
import Testing

@Suite struct OldReportsTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("old-reports-\(UUID().uuidString)")
    for day in 1...5 { try make(day) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/latest", withDestinationPath: try #require(Self.run(5)).text)
  }

  private static func run(_ day: Int) -> RunID? { RunID("2026110\(day)T020000Z-abcd") }

  private func runs(_ days: [Int]) -> [RunID] { days.compactMap(Self.run) }

  private func make(_ day: Int) throws {
    let path = folder.path + "/" + (try #require(Self.run(day)).text)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data(count: 100).write(to: URL(fileURLWithPath: path + "/changes.csv"))
    try Data(count: 11).write(to: URL(fileURLWithPath: path + "/a reviewer's own file"))
  }

  private func left() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

  @Test(
    "of removed runs all folders go but the newest that are kept, and never the one that is shown",
    arguments: [
      ([1, 2, 3], 0, [1, 2, 3]), ([1, 2, 3], 3, [1, 2]), ([1, 2, 3], 5, []), ([1, 2, 3], 9, []), ([], 0, []),
      // The run that `latest` leads to; and one whose folder is gone already.
      ([4, 5], 0, [4]), ([2, 7], 0, [2]),
    ] as [([Int], Int, [Int])])
  func due(removed: [Int], kept: Int, gone: [Int]) throws {
    #expect(OldReports(in: folder.path).due(removed: runs(removed), keeping: kept) == runs(gone))
  }

  @Test("folders go with all that is in them, a link goes alone, and what is nobody's stays")
  func removed() throws {
    let elsewhere = folder.path + "-elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try Data(count: 9).write(to: URL(fileURLWithPath: elsewhere + "/kept"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/20261030T020000Z-link", withDestinationPath: elsewhere)
    try FileManager.default.createDirectory(atPath: folder.path + "/by hand", withIntermediateDirectories: true)
    let reports = OldReports(in: folder.path)
    let going = runs([1, 2]) + [try #require(RunID("20261030T020000Z-link"))]
    let due = reports.due(removed: going, keeping: 0)
    let expected = reports.size(of: due)
    let freed = try reports.remove(due)
    #expect(freed == expected && freed.folders == 3 && freed.bytes == 222)
    #expect(try left() == runs([3, 4, 5]).map(\.text) + ["by hand", "latest"])
    #expect(FileManager.default.fileExists(atPath: elsewhere + "/kept"))
  }

  @Test("without a folder there is nothing to do")
  func missing() throws {
    let reports = OldReports(in: folder.path + "/none")
    #expect(reports.shown == nil && reports.due(removed: runs([1]), keeping: 0).isEmpty)
    #expect(OldReports(in: folder.path).shown == Self.run(5))
  }
}
