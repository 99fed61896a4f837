import Foundation
import GRDB

/// Enhanced notes: the content document that stands behind each of them, with the same id.
struct ContentNotes {
  let store: RowStore

  /// What follows from the content: its size and the beginning of its text without tags.
  static func derive(_ columns: inout [String: DatabaseValue]) {
    let content = Data(base64Encoded: RowEffects.text(columns["Content"])) ?? Data()
    let plain = String(decoding: content, as: UTF8.self)
      .replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
    columns["ContentSize"] = "\(content.count)".databaseValue
    columns["TextPreview"] = plain.isEmpty ? .null : String(plain.prefix(255)).databaseValue
  }

  func added(_ columns: [String: DatabaseValue]) throws {
    guard let object = OrgSchema.object("ContentDocument") else { return }
    let own = Set(object.fields.map(\.name))
    try RowTables.insert(store.world.db, object, columns.filter { own.contains($0.key) })
  }

  /// Note and document go together.
  func removed(_ columns: [String: DatabaseValue]) throws {
    for name in ["ContentNote", "ContentDocument"] {
      try store.world.db.cachedStatement(sql: "UPDATE \(name) SET IsDeleted = 1 WHERE Id = ?").execute(arguments: [
        columns["Id"] ?? .null
      ])
    }
  }
}
