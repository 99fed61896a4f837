import Foundation
import JSON
package import Ledger
package import Model

/// Referrals from an exported file: a list page, an array, or one JSON object a line.
package struct ReferralExport: SnapshotSource {
  private let path: String
  private let shape: Shape
  private let isComplete: Bool

  /// The file at `path`, read in the given shape; `isComplete` is a person's word that nothing is cut off.
  package init(path: String, shape: Shape, isComplete: Bool = false) {
    self.path = path
    self.isComplete = isComplete
    self.shape = shape
  }

  /// The side that is read: Partner Center.
  package var side: Side { .partnerCenter }
  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] { [shape, SnapshotShapes.connected] }

  /// How many deals a download made by hand in Partner Center holds at most (R118).
  private static let downloadLimit = 5000

  private var capped: Failure {
    Failure(
      .exportCapped,
      "\(path) holds exactly \(Self.downloadLimit) referrals, where Partner Center's download is cut off",
      fix: "put the parts of the list together in one file; or pass --complete if it has just so many")
  }

  /// By which release's way the bytes of a referral become its records.
  private static let revision = "referral-export 1"

  /// What a referral's bytes mean depends on the columns that are read of it.
  package var forms: [RecordKind: String] { [.referral: form] }

  private var form: String {
    ([Self.revision] + shape.columns + SnapshotShapes.connected.columns).joined(separator: "\n")
  }

  /// Reads everything, a batch at a time, or throws.
  package func read(recalling recollection: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    do {
      let reader = try RecordReader(path: path)
      var records = ReferralRecords(shape: shape, path: path)
      var recogniser = try Recogniser(.referral, in: form, from: recollection)
      var batch = Batch(.referral, sink)
      var count = 0
      while true {
        if let expected = recogniser.expected,
          try reader.pass(expected.fingerprint.length, if: { recogniser.isExpected($0) })
        {
          try recogniser.advance()
          try batch.add(expected)
        } else if let bytes = try reader.next() {
          let fingerprint = recogniser.fingerprint(of: bytes)
          if let known = try recogniser.find(fingerprint) {
            try batch.add(known)
          } else {
            try batch.add(records.record(bytes, at: reader.recordOffset, fingerprint))
          }
        } else {
          break
        }
        count += 1
      }
      try batch.end()
      guard isComplete || count != Self.downloadLimit else { throw capped }
    } catch let error as JSONError {
      throw Failure(
        .exportUnreadable, "\(path): \(error)",
        fix: "take the export again; a file that ends early or is damaged is never read as a shorter list")
    }
  }
}

/// Makes records of the bytes of exported referrals.
private struct ReferralRecords {
  private let path: String
  private let rows: ReferralRows
  /// Where the columns of Microsoft's own record stand in the referral's.
  private let places: [Int?]
  private var texts: [String] = []

  init(shape: Shape, path: String) {
    self.path = path
    rows = ReferralRows(shape: shape)
    places = SnapshotShapes.connected.columns.map { shape.position(of: $0) }
  }

  /// The record of a referral, and of Microsoft's part in it; `offset` is its place in the file.
  mutating func record(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ fingerprint: Fingerprint) throws -> ReadRecord
  {
    do throws(JSONError) {
      try rows.projector.project(bytes, into: &texts)
    } catch {
      throw error.shifted(by: offset)
    }
    var record = ReadRecord(try rows.row(texts, place: "\(path), at byte \(offset),"))
    record.companion = ConnectedRows.row(places.map { place in place.map { texts[$0] } ?? "" })
    record.fingerprint = fingerprint
    return record
  }
}
