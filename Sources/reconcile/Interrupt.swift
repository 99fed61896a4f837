import Foundation
import Model
import Synchronization

/// Asks a running apply to end in good order on the first SIGINT or SIGTERM; a second one ends the process at once.
final class Interrupt: Sendable {
  private let asked = Flag()

  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  /// Begins to listen, for the rest of the process's life.
  ///
  /// The signals are blocked and taken by a thread of their own, so that no request in flight is cut short by them.
  init() {
    let asked = asked
    var blocked = Self.signals
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    Thread.detachNewThread {
      var signals = Self.signals
      var number: Int32 = 0
      while sigwait(&signals, &number) == 0 {
        if asked.isSet.exchange(true, ordering: .acquiringAndReleasing) { _exit(ExitStatus.interrupted.rawValue) }
      }
    }
  }

  /// Whether somebody asked.
  var isAsked: Bool { asked.isSet.load(ordering: .acquiring) }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }
}
