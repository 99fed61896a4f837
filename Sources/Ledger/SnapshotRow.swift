package import Foundation
import Model

/// A record on its way into a snapshot.
package struct SnapshotRow: Sendable, Hashable {
  /// The record's id on its own side.
  package let id: String
  /// What others find it by: the other side's id, an account's name and postal code, a contact's e-mail address.
  package let partner: String
  /// A digest of id and content, 16 bytes.
  package let digest: Data
  /// The raw texts of the shape's columns, as `PartedText`.
  package let content: String

  /// A row whose digest covers id and content.
  package init(id: String, partner: String, digest: Data, content: String) {
    self.id = id
    self.partner = partner
    self.digest = digest
    self.content = content
  }
}

/// What a snapshot of one kind holds.
package struct SnapshotCount: Sendable, Hashable, Codable {
  /// The records in it.
  package var total = 0
  /// Those that were not there last time.
  package var new = 0
  /// Those that were there with another content.
  package var moved = 0
  /// Those that were there and are not any more.
  package var missing = 0
  /// Those that were there last time, moved or not.
  package var before = 0
  /// A digest over all records, whatever their order; hexadecimal.
  package var digest = ""

  /// An empty snapshot.
  package init() {}
}
