import Foundation

/// A value that threads take turns with.
///
/// The lock is the system's own, which the thread sanitizer sees; it does not see the one of `Synchronization`.
package final class Guarded<Value>: Sendable {
  nonisolated(unsafe) private var value: Value
  private let lock = NSLock()

  /// A value that nobody uses yet.
  package init(_ value: sending Value) {
    self.value = value
  }

  /// Runs `body` while no other thread has the value; throws what it throws.
  package func withLock<Result, Trouble: Error>(
    _ body: (inout Value) throws(Trouble) -> Result
  ) throws(Trouble) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
