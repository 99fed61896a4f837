import Ledger
import Model
import TestSupport
import Testing

/// Random nights against a model in memory: every past night reads back exactly.
@Suite struct SnapshotHistoryTests {
  private struct Coverage {
    var inserts = 0
    var moves = 0
    var missing = 0
    var returns = 0
    var repeats = 0
  }

  /// The nights as a dictionary would hold them.
  private struct Model {
    var nights: [[String: String]] = []
    var known: Set<String> = []
    var stored = 0
    var coverage = Coverage()

    /// The rows of the next night, in the order in which a service might send them.
    mutating func next(using random: inout SeededGenerator) -> (rows: [SnapshotRow], moved: Int) {
      let before = nights.last ?? [:]
      var night: [String: String] = [:]
      var rows: [SnapshotRow] = []
      var moved = 0
      for id in (0..<12).map({ "r\($0)" }) {
        let old = before[id]
        guard Int.random(in: 0..<4, using: &random) > 0 else {
          if old != nil { coverage.missing += 1 }
          continue
        }
        let isEdited = old == nil || Int.random(in: 0..<3, using: &random) == 0
        let new = isEdited ? "v\(Int.random(in: 0..<4, using: &random))" : old ?? ""
        if Int.random(in: 0..<5, using: &random) == 0 {
          coverage.repeats += 1
          for _ in 0...Int.random(in: 0...1, using: &random) {
            rows.append(.of(id, "v\(Int.random(in: 0..<4, using: &random))"))
          }
        }
        rows.append(.of(id, new))
        night[id] = new
        if old == nil {
          if known.contains(id) { coverage.returns += 1 } else { coverage.inserts += 1 }
        } else if old != new {
          coverage.moves += 1
          moved += 1
        }
        if old != new { stored += 1 }
        known.insert(id)
      }
      nights.append(night)
      return (Self.interleaved(rows, using: &random), moved)
    }

    /// Shuffled, but for each id in the order in which its rows were.
    private static func interleaved(_ rows: [SnapshotRow], using random: inout SeededGenerator) -> [SnapshotRow] {
      var queues = Dictionary(grouping: rows, by: \.id)
      return rows.map(\.id).shuffled(using: &random).compactMap { queues[$0]?.removeFirst() }
    }
  }

  @Test func everyPastNightReadsBackExactly() throws {
    var random = SeededGenerator(named: "SnapshotHistoryTests")
    var total = Coverage()
    for _ in 0..<12 {
      let folder = try TemporaryFolder()
      let ledger = try LedgerFile(at: folder.ledger)
      var model = Model()
      for night in 1...8 {
        let before = model.nights.last?.count ?? 0
        let (rows, moved) = model.next(using: &random)
        let count = try ledger.night(night, rows)[0]
        #expect(count.total == model.nights[night - 1].count)
        #expect(count.moved == moved)
        #expect(count.before == before)
        #expect(count.before - count.missing + count.new == count.total)
      }
      for night in 1...8 { #expect(try ledger.names(asOf: night) == model.nights[night - 1]) }
      #expect(try number("SELECT count(*) FROM record", in: folder.ledger) == model.stored)
      total.inserts += model.coverage.inserts
      total.moves += model.coverage.moves
      total.missing += model.coverage.missing
      total.returns += model.coverage.returns
      total.repeats += model.coverage.repeats
    }
    #expect(total.inserts >= 100)
    #expect(total.moves >= 80)
    #expect(total.missing >= 100)
    #expect(total.returns >= 60)
    #expect(total.repeats >= 100)
  }
}
