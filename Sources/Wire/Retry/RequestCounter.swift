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
      let part = header.split(whereSeparator: { ";, \t".contains($0) }).first { $0.hasPrefix("api-usage=") }
      guard let numbers = part?.dropFirst("api-usage=".count).split(separator: "/", omittingEmptySubsequences: false),
        numbers.count == 2, let used = Self.count(numbers[0]), let allowed = Self.count(numbers[1])
      else { return nil }
      self.used = used
      self.allowed = allowed
    }

    private static func count(_ text: Substring) -> Int? {
      text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
  }

  /// Nothing so far.
  package init() {}
}
