extension Code {
  /// The reason of a row, where it is the same sentence in nearly all rows of that code; nil where it tells of the values.
  package var usualReason: String? {
    switch self {
    case .changedInPartnerCenter: "changed in Partner Center since both last agreed"
    case .changedInSalesforce: "changed in Salesforce since both last agreed"
    case .syncMark: "tells in name and audit trail what became of the rows above"
    default: nil
    }
  }
}
