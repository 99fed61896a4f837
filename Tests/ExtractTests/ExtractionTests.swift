import Extract
import Ledger
import Model
import Testing

/// Both sides at once, complete or nothing.
struct ExtractionTests {
  private let folder: ExportFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try ExportFolder()
    ledger = try LedgerFile(at: folder.path + "/state/ledger.sqlite")
  }

  private func extract(_ sources: [FakeSource]) throws -> [RecordKind: SnapshotCount] {
    try ledger.write { transaction in
      try transaction.beginTouching()
      return try Extraction(sources).run(1, into: transaction) { _, _, _ in }
    }
  }

  private func count(_ kind: RecordKind) throws -> Int {
    try ledger.read { transaction in
      var count = 0
      try transaction.eachRecord(kind, asOf: 1) { _ in count += 1 }
      return count
    }
  }

  @Test(arguments: [(1, 1), (0, 3), (40, 2), (60, 60)])
  func bothSidesComeOverWhole(_ referrals: Int, opportunities: Int) throws {
    let counts = try extract([FakeSource(batches: referrals), FakeSource(side: .salesforce, batches: opportunities)])
    #expect(counts[.referral]?.total == referrals * 10)
    #expect(counts[.opportunity]?.total == opportunities * 10)
    #expect(try count(.referral) == referrals * 10)
    #expect(try count(.opportunity) == opportunities * 10)
  }

  @Test(
    "R117: a source that fails midway leaves nothing of either side, and its failure is told",
    arguments: [(0, 1), (1, 40), (30, 40), (40, 40)], [Side.partnerCenter, .salesforce])
  func midway(_ place: (after: Int, of: Int), side: Side) throws {
    let failing = FakeSource(side: side, batches: place.of, failsAfter: place.after, code: .throttled)
    let other = FakeSource(side: side.opposite, batches: 50)
    #expect(throws: Failure(.throttled, "cut off")) { try extract([failing, other]) }
    #expect(try count(.referral) == 0)
    #expect(try count(.opportunity) == 0)
  }

  @Test("both sources fail at once", arguments: [0, 5])
  func bothFail(_ after: Int) throws {
    let thrown = failure {
      _ = try extract([
        FakeSource(batches: 20, failsAfter: after, code: .throttled),
        FakeSource(side: .salesforce, batches: 20, failsAfter: after, code: .unreachable),
      ])
    }
    #expect(thrown.map { [.throttled, .unreachable].contains($0.code) } == true)
    #expect(try count(.referral) == 0)
    #expect(try count(.opportunity) == 0)
  }

  @Test("the ledger takes the next snapshot after one that failed")
  func afterFailure() throws {
    for _ in 0..<3 {
      #expect(throws: Failure.self) { try extract([FakeSource(batches: 30, failsAfter: 30)]) }
    }
    #expect(try extract([FakeSource(batches: 3)])[.referral]?.new == 30)
  }

  @Test("progress counts up to the whole, kind by kind")
  func progress() throws {
    var last: [RecordKind: Int] = [:]
    try ledger.write { transaction in
      try transaction.beginTouching()
      _ = try Extraction([FakeSource(batches: 12), FakeSource(side: .salesforce, batches: 3)])
        .run(1, into: transaction) { side, kind, count in
          #expect(kind.side == side)
          #expect(count > last[kind, default: 0])
          last[kind] = count
        }
    }
    #expect(last == [.referral: 120, .opportunity: 30])
  }
}
