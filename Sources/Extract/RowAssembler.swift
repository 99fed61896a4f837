import Crypto
import Foundation
import Ledger
import Model

/// Turns the texts of a record's columns into a row of the snapshot.
struct RowAssembler {
  /// The row of a record: content with one text a column, and a digest over id and content.
  func row(id: String, partner: String, texts: [String]) -> SnapshotRow {
    var content = ""
    content.reserveCapacity(texts.reduce(texts.count) { $0 + $1.utf8.count })
    for (index, text) in texts.enumerated() {
      if index > 0 { content.append(SnapshotRow.separator) }
      // The separator, and NUL, at which the ledger would end the text.
      if text.utf8.contains(where: { $0 == 0x1F || $0 == 0 }) {
        content.append(contentsOf: text.replacing("\u{1F}", with: " ").replacing("\u{0}", with: " "))
      } else {
        content.append(text)
      }
    }
    var hash = SHA256()
    content.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    var key = "\u{1F}" + id
    key.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return SnapshotRow(id: id, partner: partner, digest: Data(hash.finalize().prefix(16)), content: content)
  }
}
