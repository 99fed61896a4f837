import Wire

/// How an org described its objects, as an earlier run of the program has kept it beside the ledger.
///
/// What a history asks for beyond that is not kept: the next one would depend on it.
struct Descriptions: Sendable {
  private let kept: [String: KeptDescription]

  /// Keeps what `look` asks of the client that it is given.
  init(of client: SalesforceClient, _ look: (SalesforceClient) throws -> Void) rethrows {
    let shelf = Shelf()
    client.describeCache = DescribeCache(
      load: { _ in nil },
      store: { shelf.kept[$0] = KeptDescription(lastModified: $1, document: $2) })
    try look(client)
    kept = shelf.kept
  }

  /// The same as the program sees it.
  var cache: DescribeCache { DescribeCache(load: { kept[$0] }, store: { _, _, _ in }) }

  /// Filled in one thread; only the signatures that it shares with the real program speak of several.
  private final class Shelf: @unchecked Sendable {
    var kept: [String: KeptDescription] = [:]
  }
}
