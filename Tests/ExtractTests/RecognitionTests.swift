import Extract
import Foundation
import Ledger
import Model
import TestSupport
import Testing

/// Exports of a world that changes from night to night, and a ledger that knows records by their bytes.
private struct Exports {
  var referrals: [(id: Int, version: Int)] = []
  var opportunities: [(id: Int, version: Int)] = []
  private var last = 0
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// What happens to a list of records in one night.
  enum Change: CaseIterable {
    case add, addFirst, addMore, edit, remove, move, swap, shuffle, repeatOne, editRepeated, nothing
  }

  mutating func live(_ happened: inout [Change: Int]) {
    // A record that came twice comes once again, sooner or later: as long as it does not, no list of its side is kept.
    if Int.random(in: 0...2, using: &random) > 0 {
      referrals = Self.unique(referrals)
      opportunities = Self.unique(opportunities)
    }
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let change = Change.allCases.randomElement(using: &random) ?? .nothing
      happened[change, default: 0] += 1
      if Bool.random(using: &random) { apply(change, to: \.referrals) } else { apply(change, to: \.opportunities) }
    }
  }

  private static func unique(_ records: [(id: Int, version: Int)]) -> [(id: Int, version: Int)] {
    var seen: Set<Int> = []
    return records.reversed().filter { seen.insert($0.id).inserted }.reversed()
  }

  private mutating func apply(_ change: Change, to list: WritableKeyPath<Exports, [(id: Int, version: Int)]>) {
    var records = self[keyPath: list]
    let place = Int.random(in: 0...max(0, records.count - 1), using: &random)
    last += 1
    switch change {
    case .add: records.insert((last, 0), at: records.isEmpty ? 0 : place)
    case .addMore: records += (0..<20).map { (last + 1_000_000 * (1 + $0), 0) }
    case .addFirst: for number in 0..<5 { records.insert((last + number, 0), at: 0) }
    case _ where records.isEmpty: break
    case .edit: records[place].version += 1
    case .remove: records.remove(at: place)
    case .move: records.insert(records.remove(at: place), at: 0)
    case .swap: records.swapAt(0, place)
    case .shuffle where last % 7 == 0: records.shuffle(using: &random)
    case .repeatOne: records.append(records[place])
    case .editRepeated: records.append((records[place].id, records[place].version + 1))
    case .shuffle, .nothing: break
    }
    last += 5
    self[keyPath: list] = records
  }

  /// The referrals as a list page, an array, or one a line.
  func json(_ form: Int) -> String {
    let records = referrals.map { referral in
      let notes = String(repeating: "é \"{\\", count: referral.id % 5) + "\(referral.version)"
      let text = notes.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let organization = referral.id % 3 == 0 ? "MSFT" : "0a0a0a0a-0000-4000-8000-000000000001"
      return #"{"id":"r\#(referral.id)","organizationId":"\#(organization)","engagementId":"e\#(referral.id / 2)","#
        + #""externalReferenceId":"","name":"\#(text)","details":{"dealValue":\#(referral.id)}}"#
    }
    return switch form {
    case 0: #"{"value":["# + records.joined(separator: ",\n") + "]}"
    case _ where records.isEmpty: "[]"
    case 1: "[" + records.joined(separator: " , ") + "]\n"
    default: records.joined(separator: "\n")
    }
  }

  /// The opportunities as CSV, with quotes and line breaks inside cells.
  func csv(lineEnd: String) -> String {
    var text =
      "Id,Name,AccountId,Account.Name,Account.BillingCountry,Amount,CurrencyIsoCode,Referral_Identifier__c" + lineEnd
    for opportunity in opportunities {
      let number = String(opportunity.id)
      let id = "006" + String(repeating: "0", count: 12 - number.count) + number
      let name = "\"a \"\"quoted\"\" name" + (opportunity.id % 4 == 0 ? "\r\nin two lines\"" : "\"")
      text += "\(id),\(name),,\"Fabrikam, Inc.\",DE,\(opportunity.version),EUR,r\(opportunity.id)" + lineEnd
    }
    return text
  }
}

/// The same exports read night by night into two ledgers: one knows records again, the other reads each.
private struct TwoLedgers {
  private let folder: ExportFolder
  private let knowing: LedgerFile
  private let reading: LedgerFile
  private let known = Guarded(0)

  init() throws {
    folder = try ExportFolder()
    knowing = try LedgerFile(at: folder.path + "/knowing/ledger.sqlite")
    reading = try LedgerFile(at: folder.path + "/reading/ledger.sqlite")
  }

  /// Reads a night's exports into both, which have to hold the same then; how many records were known.
  func night(_ run: Int, _ exports: Exports, form: Int, lineEnd: String) throws -> Int {
    try folder.write("referrals.json", Data(exports.json(form).utf8))
    try folder.write("Opportunity.csv", Data(exports.csv(lineEnd: lineEnd).utf8))
    known.withLock { $0 = 0 }
    let first = try extract(run, into: knowing) { Counting($0, known) }
    let second = try extract(run, into: reading) { Forgetting($0) }
    #expect(first == second, "night \(run)")
    for kind in [RecordKind.referral, .opportunity, .connected] {
      #expect(try records(kind, run, knowing) == records(kind, run, reading), "night \(run), \(kind)")
    }
    #expect(
      try knowing.read { try $0.snapshotDigests(asOf: run) } == reading.read { try $0.snapshotDigests(asOf: run) })
    for kind in [RecordKind.referral, .opportunity] where first[kind]?.total != 0 {
      #expect(try knowing.read { try $0.snapshotDigests(asOf: run)[kind] } == first[kind]?.digest, "night \(run)")
    }
    return known.withLock { $0 }
  }

  private func extract(
    _ run: Int, into ledger: LedgerFile, _ wrapped: (any SnapshotSource) -> any SnapshotSource
  ) throws -> [RecordKind: SnapshotCount] {
    let shape = Shape(
      kind: .referral, columns: SnapshotShapes.connected.columns + ["externalReferenceId", "name", "details.dealValue"])
    let sources: [any SnapshotSource] = [
      ReferralExport(path: folder.path + "/referrals.json", shape: shape),
      try OpportunityExport(folder: folder.path, shapes: Columns.shapes),
    ]
    return try ledger.write { transaction in
      try transaction.beginTouching()
      return try Extraction(sources.map(wrapped)).run(run, into: transaction) { _, _, _ in }
    }
  }

  private func records(_ kind: RecordKind, _ run: Int, _ ledger: LedgerFile) throws -> [Record] {
    var records: [Record] = []
    try ledger.read { try $0.eachRecord(kind, asOf: run) { records.append($0) } }
    return records
  }
}

/// A source that counts the records that were known.
private struct Counting: SnapshotSource {
  let source: any SnapshotSource
  let known: Guarded<Int>
  var side: Side { source.side }
  var shapes: [Shape] { source.shapes }
  var forms: [RecordKind: String] { source.forms }

  init(_ source: any SnapshotSource, _ known: Guarded<Int>) {
    self.source = source
    self.known = known
  }

  func read(recalling recollection: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    try source.read(recalling: recollection) { [known] batch in
      known.withLock { $0 += batch.count - batch.rows.count }
      try sink(batch)
    }
  }
}

/// A source whose records are known to nobody.
private struct Forgetting: SnapshotSource {
  let source: any SnapshotSource
  var side: Side { source.side }
  var shapes: [Shape] { source.shapes }

  init(_ source: any SnapshotSource) {
    self.source = source
  }

  func read(recalling _: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    try source.read(recalling: .nothing, into: sink)
  }
}

/// Records that are known by their bytes are the records that would have been read.
@Suite("Recognition")
struct RecognitionTests {
  @Test("random nights: a ledger that knows records again holds what one holds that reads each")
  func randomNights() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_128
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var happened: [Exports.Change: Int] = [:]
    var known = 0
    var all = 0
    for _ in 0..<6 {
      let ledgers = try TwoLedgers()
      var exports = Exports(seed: UInt64.random(in: 0...UInt64.max, using: &random))
      let (form, lineEnd) = (Int.random(in: 0...2, using: &random), ["\n", "\r\n"].randomElement(using: &random) ?? "")
      for _ in 0..<20 { exports.live(&happened) }
      for run in 1...12 {
        known += try ledgers.night(run, exports, form: form, lineEnd: lineEnd)
        all += exports.referrals.count + exports.opportunities.count
        exports.live(&happened)
      }
    }
    #expect(known > all / 8, "\(known) of \(all) records were known")
    for change in Exports.Change.allCases { #expect(happened[change, default: 0] > 10, "\(change)") }
  }

  @Test("a night in which nothing changed reads no record", arguments: [0, 1], ["\n", "\r\n"])
  func nothingChanged(form: Int, lineEnd: String) throws {
    let ledgers = try TwoLedgers()
    var exports = Exports(seed: 1)
    exports.referrals = (1...5001).map { ($0, 0) }
    exports.opportunities = (1...5001).map { ($0, 0) }
    #expect(try ledgers.night(1, exports, form: form, lineEnd: lineEnd) == 0)
    #expect(try ledgers.night(2, exports, form: form, lineEnd: lineEnd) == 10_002)
    exports.referrals[700].version = 1
    exports.opportunities[0].version = 1
    exports.opportunities[5000].version = 1
    exports.referrals.insert((6000, 0), at: 0)
    #expect(try ledgers.night(3, exports, form: form, lineEnd: lineEnd) == 9_999)
    exports.referrals.removeFirst(1500)
    #expect(try ledgers.night(4, exports, form: form, lineEnd: lineEnd) == 8_503)
  }
}
