import Foundation

/// A shell for a script that waits for its children and hears signals.
///
/// Tests run on threads that block every signal, and a process inherits that: a shell would wait for ever for the end of a child
/// that it is not told of. So the mask is emptied before the shell begins.
enum UnblockedShell: String {
  case sh = "/bin/sh"
  case bash = "/bin/bash"

  /// The program and the arguments with which it is started.
  func running(_ arguments: [String]) -> (URL, [String]) {
    let unblock = "use POSIX; sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec { $ARGV[0] } @ARGV"
    return (URL(fileURLWithPath: "/usr/bin/perl"), ["-e", unblock, rawValue] + arguments)
  }
}
