/// Puts the calls of several lanes together, so that they leave side by side.
///
/// Whoever has calls while nobody sends leads: it lets the others add theirs, and sends for all. Those that come while
/// calls are under way wait for the next time.
final class CallPool {
  typealias Answer = Result<Response, ServiceError>

  private final class Party {
    let calls: [Call]
    let place = Turns.place()
    var answers: [Answer]?

    init(_ calls: [Call]) {
      self.calls = calls
    }
  }

  private let lanes: Lanes
  private let parallelism: Int
  /// Those whose calls have not left, in the order in which they came.
  private var parties: [Party] = []
  private var leader: Party?

  /// A pool of calls of which so many are under way at a time.
  init(_ lanes: Lanes, parallelism: Int) {
    self.lanes = lanes
    self.parallelism = parallelism
  }

  /// The calls' answers, in the same order, as `carry` brings them for all that wait.
  ///
  /// Once a work has failed, nothing more is sent: the calls get `refusal`.
  func send(_ calls: [Call], refusal: ServiceError, by carry: ([Call]) -> [Answer]) -> [Answer] {
    let own = Party(calls)
    parties.append(own)
    if let leader {
      if isFull { lanes.turns.hurry(leader.place) }
      lanes.turns.wait(at: own.place)
    } else {
      leader = own
      if !isFull { lanes.turns.yield(at: own.place) }
    }
    if let answers = own.answers { return answers }
    let group = departing()
    let sent = group.flatMap(\.calls)
    var answers = (lanes.isShut ? sent.map { _ in .failure(refusal) } : carry(sent))[...]
    for party in group {
      party.answers = Array(answers.prefix(party.calls.count))
      answers = answers.dropFirst(party.calls.count)
      if party !== own { lanes.turns.enqueue(party.place) }
    }
    handOver(own)
    return own.answers ?? []
  }

  /// Whether enough waits to ask the service as often at a time as it may be asked.
  private var isFull: Bool { parties.reduce(0) { $0 + $1.calls.count } >= parallelism }

  /// Those whose calls leave now, the leader first; what would not fill a last row waits for others to fill it.
  private func departing() -> [Party] {
    let count = parties.count < parallelism ? parties.count : parties.count - parties.count % parallelism
    defer { parties.removeFirst(count) }
    return Array(parties.prefix(count))
  }

  /// Lets the next leader send, before anything else where enough waits.
  private func handOver(_ own: Party) {
    leader = parties.first
    guard let leader else { return }
    lanes.turns.enqueue(leader.place, isFirst: isFull)
    if isFull { lanes.turns.yield(at: own.place) }
  }
}
