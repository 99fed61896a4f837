import Foundation

/// Whether a host is still worth asking: opens after a row of requests that came to nothing, and lets one try later.
///
/// A value without clock or wire, so that a table can test it. What counts is the end of a request, after its
/// repetitions.
struct Circuit: Hashable {
  /// What a request came to in the end.
  enum Outcome: Hashable {
    /// The service answered, be it with a refusal.
    case answered
    /// A passing fault stood to the last; the text says which.
    case nothing(String)
    /// Something that says nothing about the service, such as an address that was refused before anything was sent.
    case neither
  }

  /// How many requests may go out.
  enum Admission: Hashable {
    case all
    /// One, once; the others wait for what it comes to.
    case one
    case none
  }

  /// Requests in a row that may come to nothing.
  static let limit = 5

  /// Requests in a row that came to nothing.
  private(set) var failures = 0
  /// What the last of them came to.
  private(set) var lastFault = ""
  /// When one request may try; nil while the circuit is closed.
  private var retryAt: Date?

  /// What may be sent now.
  func admission(now: Date) -> Admission {
    guard let retryAt else { return .all }
    return now < retryAt ? .none : .one
  }

  /// Takes in what a request came to; `isSpent` says that no repetition is left to the run, so that one is enough.
  mutating func note(_ outcome: Outcome, now: Date, coolDown: Double, isSpent: Bool) {
    switch outcome {
    case .neither: break
    case .answered: self = Circuit()
    case .nothing(let fault):
      failures += 1
      lastFault = fault
      if failures >= Self.limit || isSpent || retryAt != nil { retryAt = now.addingTimeInterval(coolDown) }
    }
  }
}
