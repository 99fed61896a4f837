extension SalesforceClient {
  /// Bytes of a path and query beyond which a query goes to a bulk job.
  ///
  /// Salesforce takes 16,384 bytes with all headers, of which the token may be a few thousand.
  private static let longestTarget = 12_000

  /// Begins to read: asks for the first page by REST, and, when the result is larger than `bulkQueryThreshold` rows,
  /// hands the query to a Bulk API 2.0 job at once.
  ///
  /// So do a query too long for an address and one that Salesforce finds too large for an answer at once. Several
  /// readings may be begun before the first one is read: their jobs run side by side.
  package func begin(_ query: RecordQuery) throws(ServiceError) -> RecordReading {
    let target = root + "/query?q=" + Address.escaped(try query.soql() + " ORDER BY Id")
    guard target.utf8.count <= Self.longestTarget else { return RecordReading(try BulkRows(self, query)) }
    let rows: RestRows
    do throws(ServiceError) {
      rows = try RestRows(self, columns: query.columns, target: target)
    } catch  where SalesforceError.asksForBulk(error) {
      return RecordReading(try BulkRows(self, query))
    }
    guard rows.totalSize > bulkQueryThreshold else { return RecordReading(rows) }
    do throws(ServiceError) {
      return RecordReading(try BulkRows(self, query))
    } catch  where SalesforceError.lacksBulk(error) {
      return RecordReading(rows)
    }
  }
}
