import Foundation
import Ledger
import Model

extension SummaryReport.Measures {
  /// These measures, and those that earlier commands of the same run left in its summary: requests and durations add up.
  ///
  /// A summary that is missing or cannot be read adds nothing.
  package func adding(summaryIn folder: ReportFolder) -> SummaryReport.Measures {
    let file = URL(fileURLWithPath: folder.path + "/" + SummaryReport.name)
    guard let data = try? Data(contentsOf: file), let earlier = try? JSONDecoder().decode(Earlier.self, from: data)
    else { return self }
    var result = self
    for (name, count) in earlier.snapshots {
      guard let kind = RecordKind(rawValue: name), snapshots[kind] == nil else { continue }
      result.snapshots[kind] = count
    }
    for (name, count) in earlier.requests {
      if let side = Side(rawValue: name) { result.requests[side, default: 0] += count }
    }
    for (stage, duration) in earlier.milliseconds { result.milliseconds[stage, default: 0] += duration }
    return result
  }

  private struct Earlier: Decodable {
    let snapshots: [String: SnapshotCount]
    let requests: [String: Int]
    let milliseconds: [String: Int]
  }
}
