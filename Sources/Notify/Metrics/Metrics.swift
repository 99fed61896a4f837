import Foundation
package import Model
import Workspace

/// A night in numbers for a monitoring: a file for the textfile collector of node_exporter.
///
/// What a run that ended early did not find out keeps its former value; when a run went through last does so after every
/// failure.
package struct Metrics: Sendable {
  private let night: Night
  private let label: String

  /// The metrics of a night of the workspace of that name.
  package init(_ night: Night, label: String) {
    self.night = night
    self.label = label
  }

  /// Replaces the file as a whole, readable for everybody: the collector runs as another user, and nothing in it is private.
  ///
  /// A run that found another one at work writes nothing: the other one does.
  ///
  /// - Throws: `Failure` with `metricsUnwritable`.
  package func write(to path: String) throws(Failure) {
    guard night.exit != .locked else { return }
    let former = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    do {
      try PrivateFile.replace(path, with: text(former: former), mode: 0o644)
    } catch {
      throw Failure(
        .metricsUnwritable, "metrics.file: \(path) cannot be written: \(error.reason)",
        fix: "make its folder and let the user of the nightly run write there")
    }
  }

  /// The file that takes the place of a former one.
  func text(former: String) -> String {
    let known = Dictionary(grouping: Sample.read(former), by: \.name)
    return Family.allCases.map { family in
      let samples = samples(of: family) ?? known[family.rawValue, default: []].map(renamed)
      guard !samples.isEmpty else { return "" }
      let lines = ["# HELP \(family.rawValue) \(family.help)", "# TYPE \(family.rawValue) gauge"] + samples.map(\.text)
      return lines.joined(separator: "\n") + "\n"
    }.joined()
  }

  /// What the night says of a family; nil when it says nothing, so that the former samples stay.
  private func samples(of family: Family) -> [Sample]? {
    switch family {
    case .lastSuccess: night.isSuccess ? [sample(family, night.ended)] : nil
    case .lastRun: [sample(family, night.ended)]
    case .duration: [sample(family, String(max(0, Int(night.ended.timeIntervalSince(night.started).rounded()))))]
    case .exitStatus: [sample(family, String(night.exit.rawValue))]
    case .requests: requests
    case .records: ofRun { counts(family, "status", Standing.allCases.map(\.rawValue), night.standings) }
    case .changes: ofRun { counts(family, "outcome", Outcome.allCases.map(\.rawValue), night.outcomes) }
    case .waiting: ofRun { [sample(family, String(night.waiting))] }
    case .conflicts: ofRun { [sample(family, String(night.conflicts))] }
    case .oldestConflict: ofRun { night.oldestConflict.map { [sample(family, $0)] } ?? [] }
    case .token: night.tokenDaysLeft.map { [sample(family, String($0))] }
    }
  }

  /// What only a run with a plan knows.
  private func ofRun(_ samples: () -> [Sample]) -> [Sample]? { night.run == nil ? nil : samples() }

  /// Each count under its name, those that nothing was counted for as 0, so that no series comes and goes.
  private func counts(_ family: Family, _ label: String, _ names: [String], _ table: [String: Int]) -> [Sample] {
    names.map { sample(family, String(table[$0] ?? 0), [Sample.Label(name: label, value: $0)]) }
  }

  private var requests: [Sample] {
    Side.allCases.flatMap { side in
      (night.answers[side] ?? [:]).sorted { $0.key < $1.key }.map { status, count in
        let code = Sample.Label(name: "code", value: status == 0 ? "none" : String(status))
        return sample(.requests, String(count), [Sample.Label(name: "service", value: side.rawValue), code])
      }
    }
  }

  private func sample(_ family: Family, _ value: String, _ labels: [Sample.Label] = []) -> Sample {
    Sample(family.rawValue, [workspace] + labels, value)
  }

  private func sample(_ family: Family, _ date: Date) -> Sample {
    sample(family, String(Int(date.timeIntervalSince1970.rounded(.down))))
  }

  /// A former sample under today's name of the workspace.
  private func renamed(_ sample: Sample) -> Sample {
    Sample(sample.name, [workspace] + sample.labels.filter { $0.name != workspace.name }, sample.value)
  }

  private var workspace: Sample.Label { Sample.Label(name: "workspace", value: label) }
}
