import Ledger
import Model
import Transform

/// Judges pairs on a thread of its own while the next ones are read, and gives them back in the order in which they came.
///
/// A few pairs are judged at once: only many are worth a thread.
final class JudgingBench {
  /// A pair with all that is known of it.
  struct Pair: Sendable {
    let identity: Identity
    let facts: PairFacts
    /// The opportunity that its referral is linked with so far; nil when there is none.
    let linked: String?
  }

  /// A pair with what was found out about it.
  struct Judged: Sendable {
    let pair: Pair
    let verdict: Verdict
    /// The rows of the verdict as they are stored.
    let rows: [ProposedRow]
  }

  /// From which pair on they go to the other thread.
  static let few = 256
  /// How many pairs go to it at a time, and how many times so many are on their way at most.
  private static let batch = 32
  private static let most = 4

  private let judging: @Sendable (Pair) throws -> Judged
  private let inbox = BoundedQueue<[Pair]?>(capacity: most + 1)
  private let outbox = BoundedQueue<Result<[Judged], any Error>>(capacity: most + 1)
  private var waiting: [Pair] = []
  private var count = 0
  /// The other thread; nil while few pairs came.
  private var side: Aside<Void>?
  /// How many batches it has and has not given back.
  private var pending = 0

  /// A bench on which pairs are judged so.
  init(_ judging: @escaping @Sendable (Pair) throws -> Judged) {
    self.judging = judging
  }

  /// Takes a pair in, and gives back those that are judged meanwhile.
  func take(_ pair: Pair) throws -> [Judged] {
    count += 1
    guard count > Self.few else { return [try judging(pair)] }
    waiting.append(pair)
    guard waiting.count == Self.batch else { return [] }
    send()
    return pending < Self.most ? [] : try receive()
  }

  /// Gives back every pair that was taken in and not given back yet.
  func finish() throws -> [Judged] {
    var judged: [Judged] = []
    if pending > 0, !waiting.isEmpty { send() }
    while pending > 0 { judged += try receive() }
    // So few that nothing else would be done meanwhile.
    judged += try waiting.map(judging)
    waiting = []
    return judged
  }

  /// Ends the other thread; what it still has is lost.
  func close() {
    guard let side else { return }
    inbox.push(nil)
    try? side.wait()
    self.side = nil
  }

  private func send() {
    if side == nil { side = Aside { [judging, inbox, outbox] in Self.work(judging, inbox, outbox) } }
    inbox.push(waiting)
    waiting = []
    pending += 1
  }

  private func receive() throws -> [Judged] {
    pending -= 1
    return try outbox.pop().get()
  }

  private static func work(
    _ judging: (Pair) throws -> Judged, _ inbox: BoundedQueue<[Pair]?>,
    _ outbox: BoundedQueue<Result<[Judged], any Error>>
  ) {
    while let pairs = inbox.pop() { outbox.push(Result { try pairs.map(judging) }) }
  }
}
