extension RequestCounter {
  /// Adds what another client of the same service has cost; the quota is the newer one's.
  package mutating func add(_ other: RequestCounter) {
    requests += other.requests
    repetitions += other.repetitions
    waits += other.waits
    waitedSeconds += other.waitedSeconds
    limit = other.limit ?? limit
  }
}
