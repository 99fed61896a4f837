/// What a run has cost at one service.
package struct RequestCounter: Hashable, Sendable {
  /// Requests sent, repetitions and sign-ins included.
  package var requests = 0
  /// How many of them were repetitions.
  package var repetitions = 0
  /// How often it was waited for the service.
  package var waits = 0
  /// Seconds of these waits together.
  package var waitedSeconds = 0.0
  /// Calls used and allowed in 24 hours by the service's own count; nil where it does not tell.
  package var limit: Limit?

  /// A quota as Salesforce reports it.
  package struct Limit: Hashable, Sendable {
    /// Calls used in the last 24 hours, by everybody.
    package let used: Int
    /// Calls allowed.
    package let allowed: Int

    /// Reads `api-usage=10018/100000`; nil for anything else.
    package init?(header: String) {
      let name = "api-usage=".utf8
      let parts = header.utf8.split { [0x09, 0x20, UInt8(ascii: ","), UInt8(ascii: ";")].contains($0) }
      guard let part = parts.first(where: { $0.starts(with: name) }) else { return nil }
      let figures = part.dropFirst(name.count).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard figures.count == 2, let used = Int(Substring(figures[0])), used >= 0,
        let allowed = Int(Substring(figures[1].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }))
      else { return nil }
      self.used = used
      self.allowed = allowed
    }
  }

  /// Nothing so far.
  package init() {}
}
