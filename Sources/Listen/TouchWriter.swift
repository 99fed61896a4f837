import Dispatch
import Foundation
import Ledger
import Model

/// Writes what events name into the queue, all that wait at a time: a burst costs a few transactions, not one an event.
actor TouchWriter {
  private let queue: TouchedQueue
  private var waiting: [(referral: String, done: CheckedContinuation<Bool, Never>)] = []
  private var isWriting = false

  /// A writer of one queue.
  init(_ queue: TouchedQueue) {
    self.queue = queue
  }

  /// Whether the referral is in the queue, on the disk.
  func note(_ referral: String) async -> Bool {
    await withCheckedContinuation { done in
      waiting.append((referral, done))
      guard !isWriting else { return }
      isWriting = true
      Task { await write() }
    }
  }

  private func write() async {
    while !waiting.isEmpty {
      let batch = waiting
      waiting = []
      let isStored = await store(batch.map(\.referral))
      for entry in batch { entry.done.resume(returning: isStored) }
    }
    isWriting = false
  }

  private func store(_ referrals: [String]) async -> Bool {
    let queue = queue
    return await withCheckedContinuation { done in
      DispatchQueue.global().async {
        done.resume(returning: (try? queue.note(referrals, at: Timestamp.iso(Date()))) != nil)
      }
    }
  }
}
