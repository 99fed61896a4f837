/// An answer, and what happens to it on its way to the client.
struct Outcome: Sendable {
  var reply: ServiceReply
  var delayMilliseconds = 0
  var breakage = Breakage.none
  /// Send the body in small parts with pauses between them; nil sends it at once.
  var trickle: Trickle?
  /// Compress a body of so many bytes or more; nil where the client does not take it.
  var gzipFromBytes: Int?

  /// Where the connection ends before the answer does.
  enum Breakage: Sendable, Equatable {
    case none
    /// Not one byte of the answer is sent.
    case lost
    /// After so many bytes of the status line and the headers.
    case inHead(Int)
    /// After so many bytes of the body, counted as they go over the wire.
    case inBody(Int)
    /// Behind the whole answer, which holds a date that the server would replace by its own.
    case behind
    /// After the whole body, of which so many bytes more were promised.
    case overlong(Int)
  }

  /// The pace of a slow body.
  struct Trickle: Sendable, Equatable {
    let bytes: Int
    let milliseconds: Int
  }
}
