/// How often each thing came up, so that a batch of histories that exercised nothing does not pass.
struct Coverage: Codable, Sendable {
  private(set) var counts: [String: Int] = [:]

  mutating func count(_ name: String, _ times: Int = 1) { counts[name, default: 0] += times }

  mutating func add(_ other: Coverage) { counts.merge(other.counts, uniquingKeysWith: +) }

  subscript(name: String) -> Int { counts[name] ?? 0 }

  /// The sum of all counts whose name begins so.
  func sum(_ prefix: String) -> Int { counts.filter { $0.key.hasPrefix(prefix) }.values.reduce(0, +) }
}
