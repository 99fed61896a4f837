import Dispatch
import Model

/// A queue between two threads that holds a few elements only, so that a fast reader waits for a slow writer.
final class BoundedQueue<Element: Sendable>: Sendable {
  private let elements = Guarded<[Element]>([])
  private let free: DispatchSemaphore
  private let filled = DispatchSemaphore(value: 0)

  /// A queue of at most `capacity` elements.
  init(capacity: Int) {
    free = DispatchSemaphore(value: capacity)
  }

  /// Puts an element at the end; waits while the queue is full.
  func push(_ element: Element) {
    free.wait()
    elements.withLock { $0.append(element) }
    filled.signal()
  }

  /// Takes the first element; waits while the queue is empty.
  func pop() -> Element {
    filled.wait()
    let element = elements.withLock { $0.removeFirst() }
    free.signal()
    return element
  }
}
