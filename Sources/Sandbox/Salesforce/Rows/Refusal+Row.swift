extension Refusal {
  /// The refusal of one row among several, where a row that is not there has another code than in a path.
  var ofRow: Refusal {
    guard self == RowStore.missing else { return self }
    return Refusal(status: 400, code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id")
  }

  /// The refusal as the text of a Bulk result: `CODE:message:fields --`.
  var bulkText: String { "\(code):\(message):\(fields.joined(separator: ",")) --" }
}
