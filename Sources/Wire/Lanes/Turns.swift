import Dispatch
import Model

/// Which of several threads runs: one at a time, so that what they share needs no further protection.
///
/// A thread passes the turn on before it waits, and gets it back in the order of the queue. So the order in which the
/// threads run is the same however the system schedules them, unless one waits for something outside.
final class Turns: Sendable {
  /// Where one thread waits for its turn, once.
  typealias Place = DispatchSemaphore

  private struct State: Sendable {
    var isTaken = true
    var queue: [Place] = []
  }

  private let state: Guarded<State>

  /// The calling thread has the first turn.
  init() {
    state = Guarded(State())
  }

  static func place() -> Place { DispatchSemaphore(value: 0) }

  /// Puts a place at the end of the queue, or at its beginning; where nobody has the turn, it gets it.
  func enqueue(_ place: Place, isFirst: Bool = false) {
    state.withLock { state in
      guard state.isTaken else {
        state.isTaken = true
        place.signal()
        return
      }
      state.queue.insert(place, at: isFirst ? 0 : state.queue.count)
    }
  }

  /// Moves a place to the beginning of the queue, where it is in it.
  func hurry(_ place: Place) {
    state.withLock { state in
      guard let position = state.queue.firstIndex(where: { $0 === place }) else { return }
      state.queue.insert(state.queue.remove(at: position), at: 0)
    }
  }

  /// Waits until the place has the turn.
  func take(_ place: Place) {
    place.wait()
    // Whoever passed the turn on held this lock, which the thread sanitizer sees; it does not see the semaphore.
    state.withLock { _ in }
  }

  /// Gives the turn to the first of the queue.
  func pass() {
    state.withLock { state in
      state.isTaken = !state.queue.isEmpty
      if state.isTaken { state.queue.removeFirst().signal() }
    }
  }

  /// Passes the turn on, and waits until somebody has put the place into the queue and it comes to it.
  func wait(at place: Place) {
    pass()
    take(place)
  }

  /// Lets everybody go first who waits now.
  func yield(at place: Place) {
    enqueue(place)
    wait(at: place)
  }

  /// Runs something without the turn, and is the first to get it back.
  func outside<Result>(_ body: () -> Result) -> Result {
    pass()
    let result = body()
    let place = Self.place()
    enqueue(place, isFirst: true)
    take(place)
    return result
  }
}
