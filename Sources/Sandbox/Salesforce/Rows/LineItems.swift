import Foundation
import GRDB

/// Products on opportunities: prices of lines, and the amount that is their sum.
struct LineItems {
  let store: RowStore

  private var db: Database { store.world.db }

  /// Quantity times price; nothing while one of them is missing.
  static func total(_ columns: [String: DatabaseValue]) -> DatabaseValue {
    let (quantity, price) = (RowEffects.text(columns["Quantity"]), RowEffects.text(columns["UnitPrice"]))
    guard let left = Decimal(string: quantity), let right = Decimal(string: price) else { return .null }
    return FieldText.decimal((left * right).description, scale: 2, type: .currency)?.databaseValue ?? .null
  }

  /// Takes product, name and, where none was given, the price from the price book, then sums up.
  func added(_ line: [String: DatabaseValue]) throws {
    var columns = line
    let entry = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT Product2Id, Name, UnitPrice FROM PricebookEntry WHERE Id = ?"),
      arguments: [line["PricebookEntryId"] ?? .null])
    columns["Product2Id"] = entry?["Product2Id"]
    columns["Name"] = entry?["Name"]
    if columns["UnitPrice"]?.isNull ?? true { columns["UnitPrice"] = entry?["UnitPrice"] }
    columns["TotalPrice"] = LineItems.total(columns)
    if let object = OrgSchema.object("OpportunityLineItem") {
      try RowTables.update(db, object, id: RowEffects.text(line["Id"]), columns)
    }
    try sumUp(columns)
  }

  /// Writes the sum of the lines that are left into the opportunity.
  func sumUp(_ line: [String: DatabaseValue]) throws {
    let id = RowEffects.text(line["OpportunityId"])
    guard let object = OrgSchema.object("Opportunity"), var columns = try RowTables.columns(db, object, id: id),
      columns["IsDeleted"] != 1.databaseValue
    else { return }
    let totals = try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT COALESCE(TotalPrice, '0') FROM OpportunityLineItem WHERE OpportunityId = ? AND IsDeleted = 0"),
      arguments: [id])
    columns["HasOpportunityLineItem"] = (totals.isEmpty ? 0 : 1).databaseValue
    if !totals.isEmpty {
      let sum = totals.compactMap { Decimal(string: $0) }.reduce(0, +)
      columns["Amount"] = FieldText.decimal(sum.description, scale: 2, type: .currency)?.databaseValue ?? .null
    }
    RowEffects.derive(object, &columns, changed: ["Amount"])
    RowStore.touch(&columns, try store.world.tick(), store.user)
    columns["seq"] = nil
    try RowTables.update(db, object, id: id, columns)
  }
}
