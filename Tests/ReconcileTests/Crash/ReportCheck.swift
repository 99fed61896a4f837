import Foundation
import JSON

/// A report stands under its name whole or not at all, and `reports/latest` names a run that has all of them.
struct ReportCheck {
  private let folder: URL

  init(_ bench: Workbench) { folder = bench.path("reports") }

  /// Reports that are cut off, and a `latest` that leads nowhere.
  func violations() throws -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let runs = names.filter { !$0.hasPrefix(".") && $0 != "latest" }
    let broken = runs.flatMap { run in Self.reports.flatMap { brokenness(run, $0) } }
    guard names.contains("latest") else { return broken }
    let missing = Self.reports.filter { !exists("latest/" + $0) }
    return broken + missing.map { "reports/latest has no \($0)" }
  }

  /// Reports in the making that a death left, and that the runs after it did not clear away.
  func leftovers() throws -> [String] {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".tmp") || $0.hasPrefix(".latest.") }.map { "reports/\($0) was left" }
  }

  private static let reports = ["changes.csv", "reconciliation.csv", "report.html", "summary.json"]

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  private func brokenness(_ run: String, _ name: String) -> [String] {
    let file = folder.appendingPathComponent(run + "/" + name)
    guard FileManager.default.fileExists(atPath: file.path) else { return [] }
    return isWhole(file) ? [] : ["\(run)/\(name) is half a report"]
  }

  private func isWhole(_ file: URL) -> Bool {
    guard let data = try? Data(contentsOf: file), !data.isEmpty else { return false }
    switch file.pathExtension {
    case "csv":
      return data.last == 0x0A && (try? Report(file))?.rows.allSatisfy { $0["run_id"]?.isEmpty == false } == true
    case "json": return (try? JSONValue(parsing: Array(data))) != nil
    default: return String(decoding: data.suffix(20), as: UTF8.self).contains("</html>")
    }
  }
}
