import Dispatch

/// Threads of their own for a server under test and its clients.
///
/// Tests of the program wait for whole processes on the threads that all tests share. A server that had to wait for those
/// would answer after minutes, and a limit of time would decide what a test finds.
final class Quarters: TaskExecutor {
  static let shared = Quarters()

  private let queue = DispatchQueue(label: "sandbox-tests", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// When a test gives up on something that never comes; no machine is so slow that it takes as long.
enum Patience {
  static let seconds = 1200

  /// Looks again and again until something has come, or for as long as patience lasts.
  static func wait(until hasCome: () async throws -> Bool) async throws {
    let limit = ContinuousClock.now + .seconds(seconds)
    while try await !hasCome(), ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(25)) }
  }
}
