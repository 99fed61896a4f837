import Ledger
import Model
import Workspace

/// The referrals that events named before a run began to read: what it stores covers them.
///
/// They are hints. So trouble with them is a warning and stops no run.
struct WaitingEvents {
  private let queue: TouchedQueue?
  private let entries: [TouchedQueue.Entry]

  /// The given entries of a queue.
  init(_ entries: [TouchedQueue.Entry], of queue: TouchedQueue) {
    self.entries = entries
    self.queue = queue
  }

  /// All that wait, for a run that reads both services as a whole; none for one that reads files.
  init(all origin: SourceOptions, in workspace: OpenWorkspace, _ console: Console) {
    var found: (queue: TouchedQueue, entries: [TouchedQueue.Entry])?
    do {
      let isWhole = origin.partnerCenterFrom == nil && origin.salesforceFrom == nil
      if isWhole, let queue = try TouchedQueue.existing(at: workspace.folder.touchedQueue) {
        found = (queue, try queue.entries())
      }
    } catch {
      console.warn(error.message)
    }
    queue = found?.queue
    entries = found?.entries ?? []
  }

  /// Takes them out once the run is stored, but for those that another event has named since.
  func settle(_ console: Console) {
    do {
      try queue?.remove(entries)
    } catch {
      console.warn(error.message)
    }
  }
}
