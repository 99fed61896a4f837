import Glibc

/// Keeps a connection that dies while it is written to from ending the process.
///
/// libcurl does that by changing the signal's handler for the whole process, which two threads cannot do at a time, so
/// that it is told to leave signals alone. Here the signal is held back on this thread only, and thrown away afterwards.
enum PipeSignal {
  static func held<Result>(_ body: () -> Result) -> Result {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let result = body()
    var noWait = timespec()
    while sigtimedwait(&pipe, nil, &noWait) == SIGPIPE {}
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }
}
