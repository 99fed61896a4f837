/// One page of a list, whole and in the service's own JSON.
package struct Page: Sendable {
  /// The page's bytes, for a `RecordReader`.
  package let body: [UInt8]
  /// How many records are in it.
  package let count: Int

  /// A page of `count` records.
  package init(body: [UInt8], count: Int) {
    self.body = body
    self.count = count
  }
}
