/// Where descriptions of objects are kept from run to run.
package struct DescribeCache: Sendable {
  let load: @Sendable (String) -> KeptDescription?
  let store: @Sendable (String, String, [UInt8]) -> Void

  /// A cache that looks up a key by `load` and keeps a key's `Last-Modified` and document by `store`.
  ///
  /// A key consists of letters, digits, underscores and one hyphen. What is not there is asked for afresh.
  package init(
    load: @escaping @Sendable (String) -> KeptDescription?,
    store: @escaping @Sendable (String, String, [UInt8]) -> Void
  ) {
    self.load = load
    self.store = store
  }
}
