import Foundation
package import Ledger
package import Model
package import Wire

/// `summary.json`: the run in numbers, for scripts and dashboards.
package struct SummaryReport: Sendable, Encodable {
  /// The name of the file.
  package static let name = "summary.json"

  /// What the ledger does not know of a run.
  package struct Measures: Sendable {
    /// The size of each kind's snapshot.
    package var snapshots: [RecordKind: SnapshotCount] = [:]
    /// What each service cost.
    package var cost: [Side: RequestCounter] = [:]
    /// How long each stage took, in whole milliseconds.
    package var milliseconds: [String: Int] = [:]

    /// Nothing measured yet.
    package init() {}
  }

  let schemaVersion = 1
  let runID: String
  let kind: String
  let planDigest: String
  let mappingDigest: String
  /// The rows of the plan by every aspect.
  package let changes: Counts
  /// How many pairs and records stand where, by the standing's name.
  package let status: [String: Int]
  let snapshots: [String: SnapshotCount]
  /// Requests to each service, repetitions and sign-ins included.
  let requests: [String: Int]
  /// How many of them were repetitions.
  let repetitions: [String: Int]
  /// How long the run waited before repetitions and for jobs of each service, in milliseconds.
  let waited: [String: Int]
  let milliseconds: [String: Int]

  /// How many rows of the plan there are of each sort; a sort without rows is left out.
  package struct Counts: Sendable, Encodable {
    /// All rows.
    package var total = 0
    var action: [String: Int] = [:]
    var direction: [String: Int] = [:]
    /// The rows by the name of their risk.
    package var risk: [String: Int] = [:]
    /// The rows by the name of their decision.
    package var decision: [String: Int] = [:]
    var outcome: [String: Int] = [:]

    /// Nothing counted yet.
    init() {}

    /// The rows of a run.
    init(of run: RunEntry, in ledger: LedgerFile) throws {
      try ledger.read { transaction in try transaction.eachRow(of: run.number) { count($0) } }
    }

    mutating func count(_ row: PlanRow) {
      total += 1
      action[row.change.action.rawValue, default: 0] += 1
      direction[row.change.direction.rawValue, default: 0] += 1
      risk[row.change.risk.rawValue, default: 0] += 1
      decision[row.decision.rawValue, default: 0] += 1
      outcome[row.outcome.rawValue, default: 0] += 1
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case runID = "run_id"
    case kind
    case planDigest = "plan_digest"
    case mappingDigest = "mapping_digest"
    case changes
    case status
    case snapshots
    case requests
    case repetitions
    case waited = "waited_milliseconds"
    case milliseconds
  }

  /// The summary of a run; its verdicts are counted in the ledger, and its rows where they were not seen before.
  package init(_ run: RunEntry, _ rows: RowSurvey? = nil, measures: Measures, from ledger: LedgerFile) throws {
    let counts = try rows?.counts ?? Counts(of: run, in: ledger)
    let standings = try ledger.read { try $0.standings() }
    runID = run.id.text
    kind = run.kind
    planDigest = run.digest
    mappingDigest = run.mapping
    changes = counts
    status = Self.named(standings)
    snapshots = Self.named(measures.snapshots)
    requests = Self.named(measures.cost.mapValues(\.requests))
    repetitions = Self.named(measures.cost.mapValues(\.repetitions))
    waited = Self.named(measures.cost.mapValues { Int($0.waitedSeconds * 1000) })
    milliseconds = measures.milliseconds
  }

  /// The report's bytes: sorted keys, one to a line.
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }

  /// Writes the report into a run's folder.
  package func write(to folder: ReportFolder) throws {
    try folder.write(Self.name, encoded())
  }

  private static func named<Key: RawRepresentable<String>, Value>(_ table: [Key: Value]) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: table.map { ($0.key.rawValue, $0.value) })
  }
}
