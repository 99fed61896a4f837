import Foundation
import Model
import Synchronization

/// Asks a running apply to end in good order on the first SIGINT or SIGTERM; a second one ends the process at once.
///
/// A handler, and not a blocked signal: a mask holds for one thread, and any other one that is there already would take
/// the signal and end the process.
struct Interrupt: Sendable {
  private static let asked = Atomic(false)

  /// Begins to listen, for the rest of the process's life.
  init() {
    // Before the handler can run: what it touches must have been made.
    Self.asked.store(false, ordering: .releasing)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupt.asked.exchange(true, ordering: .acquiringAndReleasing) { _exit(ExitStatus.interrupted.rawValue) }
    }
    // Calls of the system that are under way go on: no request in flight is cut short.
    action.sa_flags = SA_RESTART
    for signal in [SIGINT, SIGTERM] { sigaction(signal, &action, nil) }
  }

  /// Whether somebody asked.
  var isAsked: Bool { Self.asked.load(ordering: .acquiring) }

  /// Ends what has written nothing yet, when somebody asked.
  func heed() throws(Failure) {
    guard isAsked else { return }
    throw Failure(.interrupted, "interrupted before anything was applied", fix: "the next run begins anew")
  }
}
