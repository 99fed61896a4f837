import Foundation
import Model
import Testing

@testable import Extract
@testable import Ledger

@Suite("Records that are handed over together")
struct BatchTests {
  @Test("a batch weighs no more where records that were read lie scattered among known ones")
  func weight() throws {
    let fingerprint = Array("known".utf8).withUnsafeBytes { Recollection.nothing.fingerprint(of: $0) }
    let known = KnownRecord(fingerprint: fingerprint, row: 1, companion: 0)
    var batches: [SnapshotBatch] = []
    var batch = Batch(.referral) { batches.append($0) }
    for number in 0..<20_000 {
      if number % 50 == 0 {
        try batch.add(SnapshotRow(id: "n\(number)", partner: "", digest: Data([1]), content: "x"))
      } else {
        try batch.add(known)
      }
    }
    try batch.end()
    #expect(batches.reduce(0) { $0 + $1.count } == 20_000)
    for batch in batches {
      let read = batch.rows.count
      #expect(8 * read + batch.count - read <= 4007)
      for case .read(let records) in batch.parts { #expect(records.capacity < 8) }
    }
    // What was read, in order, and what was not, between.
    let rows = batches.flatMap(\.rows).map(\.id)
    #expect(rows == stride(from: 0, to: 20_000, by: 50).map { "n\($0)" })
    #expect(batches.count > 4)
  }
}
