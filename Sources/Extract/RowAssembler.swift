import Crypto
import Foundation
import Ledger
import Model

/// Turns the texts of a record's columns into a row of the snapshot.
struct RowAssembler {
  /// The row of a record: content with one text a column, and a digest over id and content.
  func row(id: String, partner: String, texts: [String]) -> SnapshotRow {
    var content = PartedText.join(texts)
    var hash = SHA256()
    content.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    var key = "\u{1F}" + id
    key.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return SnapshotRow(id: id, partner: partner, digest: Data(hash.finalize().prefix(16)), content: content)
  }
}
