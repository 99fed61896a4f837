import GRDB

/// The validation rules that Microsoft's package puts on opportunities; a fresh org has them switched off.
struct PackageRules {
  let columns: [String: DatabaseValue]
  /// The row as it is; nil for a new one.
  let before: [String: DatabaseValue]?

  /// The message of the first rule that refuses the row.
  var violation: String? {
    let type = text("Co_sell_Type__c")
    let isProduct = type == "IP Co-sell"
    let isService = type == "Services Co-sell"
    if isProduct, isBlank("Solution_Count__c") || text("Solution_Count__c") == "0.0",
      columns["Sync_With_Partner_Center__c"] == 1.databaseValue
    {
      return "Please add at least one Solution/Product (1P/3P/Your own company product) before syncing."
    }
    if let before, changed("Co_sell_Type__c", before), !changed("Referral_Link__c", before),
      !changed("Referral_Identifier__c", before)
    {
      return "Co-sell type cannot be updated after creation."
    }
    if type == nil { return "Co-sell Type is Required." }
    if isProduct && isBlank("Customer_purchase_intent__c") { return "Customer purchase intent is Required." }
    if isService && isBlank("Partner_Role__c") { return "Partner Role is Required." }
    if (isProduct || isService) && isBlank("Solution_Area__c") { return "Solution Area is Required." }
    if (isProduct || isService) && isBlank("Solution_Play__c") { return "Solution Play is Required." }
    return nil
  }

  private func text(_ field: String) -> String? { columns[field].flatMap { String.fromDatabaseValue($0) } }

  private func isBlank(_ field: String) -> Bool { text(field)?.isEmpty ?? true }

  private func changed(_ field: String, _ before: [String: DatabaseValue]) -> Bool {
    (before[field] ?? .null) != (columns[field] ?? .null)
  }
}
