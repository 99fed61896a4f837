import Dispatch

/// A queue between two threads that holds a few elements only, so that a fast reader waits for a slow writer.
package final class BoundedQueue<Element: Sendable>: Sendable {
  private let elements = Guarded<[Element]>([])
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  /// A queue of at most `capacity` elements.
  package init(capacity: Int) {
    // One that begins with a value may not go before it has that value again: not while elements are left that nobody wants.
    for _ in 0..<capacity { free.signal() }
  }

  /// Puts an element at the end; waits while the queue is full.
  package func push(_ element: Element) {
    free.wait()
    elements.withLock { $0.append(element) }
    filled.signal()
  }

  /// Takes the first element; waits while the queue is empty.
  package func pop() -> Element {
    filled.wait()
    let element = elements.withLock { $0.removeFirst() }
    free.signal()
    return element
  }
}
