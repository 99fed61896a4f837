/// A row of the catalogue of solutions.
struct Solution: Sendable {
  let identifier: String
  let name: String
  let publisher: String
  let type: String

  static let all = [
    Solution(identifier: "SOL-10001-FWH", name: "Fabrikam Warehouse", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10002-FDM", name: "Fabrikam Data Migration", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10003-FSC", name: "Fabrikam Secure Cloud", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10004-FAI", name: "Fabrikam Insight AI", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10005-FMW", name: "Fabrikam Modern Work", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10006-FSP", name: "Fabrikam SAP on Azure", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10007-FMS", name: "Fabrikam Managed Services", publisher: "Fabrikam", type: "3P"),
    Solution(identifier: "SOL-10008-FIO", name: "Fabrikam Connected Factory", publisher: "Fabrikam", type: "3P"),
    Solution(
      identifier: "6f1d4c1e-2b77-4a55-8d11-0c9b4a0e9a01", name: "Azure Migrate and Modernize",
      publisher: "Microsoft", type: "1P"),
    Solution(
      identifier: "6f1d4c1e-2b77-4a55-8d11-0c9b4a0e9a02", name: "Dynamics 365 Supply Chain",
      publisher: "Microsoft", type: "1P"),
  ]

  /// The record id of the catalogue row with an index in `all`.
  static func id(_ index: Int) -> String { ids[index] }

  private static let ids = all.indices.map { SalesforceID.make(prefix: "a0A", number: $0 + 1) }
}
