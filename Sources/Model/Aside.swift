import Dispatch
import Foundation

/// Work that goes on in a thread of its own, until somebody waits for what it brings.
package final class Aside<Result: Sendable>: Sendable {
  private let result = Guarded<Swift.Result<Result, any Error>>(.failure(Unfinished()))
  private let isDone = DispatchSemaphore(value: 0)

  /// Begins.
  package init(_ work: @escaping @Sendable () throws -> Result) {
    Thread.detachNewThread { [result, isDone] in
      let brought = Swift.Result { try work() }
      result.withLock { $0 = brought }
      isDone.signal()
    }
  }

  /// Waits until it has ended, and gives what it brought; throws what it threw.
  package func wait() throws -> Result {
    isDone.wait()
    // Whoever waits next finds it done as well.
    isDone.signal()
    return try result.withLock { $0 }.get()
  }

  /// What nobody ever sees: one waits until there is something else.
  private struct Unfinished: Error {}
}
