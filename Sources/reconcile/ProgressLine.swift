import Model
import Wire

/// One line on the terminal that tells how far a run has come, and what it waits for; rows and waits go to the log as well.
///
/// It is told from several threads.
final class ProgressLine: Sendable {
  private let console: Console
  private let progress = Guarded(RunProgress())

  /// A line on the given console; without a terminal it stays away.
  init(_ console: Console) {
    self.console = console
  }

  /// Shows that a side has read so many records of a kind.
  func show(_ side: Side, _ kind: RecordKind, _ count: Int) {
    draw { $0.read(side, kind, count) }
  }

  /// Shows that one more row of the plan has its outcome.
  func settle(_ row: PlanRow) {
    console.log.settled(row)
    draw { $0.settle() }
  }

  /// Shows what is waited for on a side.
  func wait(_ side: Side, _ wait: Wait) {
    console.log.waits(side, wait)
    draw { $0.wait(side, wait) }
  }

  /// Wipes the line.
  func end() {
    console.endProgress()
  }

  private func draw(_ change: (inout RunProgress) -> Void) {
    let line = progress.withLock { progress in
      change(&progress)
      return progress.line
    }
    console.progress(line)
  }
}
