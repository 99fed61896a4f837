import Foundation
import Ledger
import Model
import Wire

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
    for side in Side.allCases {
      var cost = RequestCounter()
      cost.requests = earlier.requests[side.rawValue] ?? 0
      cost.repetitions = earlier.repetitions[side.rawValue] ?? 0
      cost.waitedSeconds = Double(earlier.waited[side.rawValue] ?? 0) / 1000
      if cost.requests > 0 { result.cost[side, default: RequestCounter()].add(cost) }
    }
    for (stage, duration) in earlier.milliseconds { result.milliseconds[stage, default: 0] += duration }
    return result
  }

  private struct Earlier: Decodable {
    let snapshots: [String: SnapshotCount]
    let requests: [String: Int]
    let repetitions: [String: Int]
    let waited: [String: Int]
    let milliseconds: [String: Int]

    private enum CodingKeys: String, CodingKey {
      case snapshots
      case requests
      case repetitions
      case waited = "waited_milliseconds"
      case milliseconds
    }
  }
}
