import Foundation

/// Lets many works wait for the services at the same time, though only one of them runs at a time.
///
/// Each lane is a thread that takes up one work after the other, in their order. It runs while it has the turn, and passes
/// it on while it waits: for an answer, for a pause to end, or for another lane. So works are written as if they were
/// alone, and what they share may change only where they wait. Calls of lanes that wait for the same service leave
/// together (`CallPool`).
package final class Lanes {
  /// What happens while requests are under way.
  package enum Order: Sendable {
    /// The other lanes run, and both services are asked at the same time.
    case together
    /// Nothing, so that the requests always come in the same order.
    case inTurn
  }

  /// How many works there are at a time: several times what the services take, so that the next requests are ready when
  /// the last ones are answered.
  package static let usualWidth = 32

  /// Whether a work has failed: what has not been sent yet is not sent any more.
  package private(set) var isShut = false

  let turns = Turns()
  private let order: Order
  private let width: Int
  private var claimed: Set<String> = []
  private var waiting: [Turns.Place] = []

  /// Lanes for the calling thread.
  package init(_ order: Order, width: Int = Lanes.usualWidth) {
    self.order = order
    self.width = width
  }

  /// Carries out the works, so many at a time, and returns when none of them runs any more.
  ///
  /// - Throws: the first error of a work; further ones are not begun then.
  package func run<Work>(_ works: [Work], _ body: @escaping (Work) throws -> Void) throws {
    guard min(width, works.count) > 1 else { return try works.forEach(body) }
    let round = begin(works, body)
    end(round)
    if let failure = round.failure { throw failure }
  }

  /// Carries out the works beside what the calling thread does, and returns when all of it has ended.
  ///
  /// Whoever waits for the other has to see that the other has failed.
  package func run<Work, Value>(
    _ works: [Work], _ body: @escaping (Work) -> Void, beside main: () throws -> Value
  ) rethrows -> Value {
    let round = begin(works, body)
    defer { end(round) }
    return try main()
  }

  /// Runs something while no other lane does anything under one of these names; an empty one is none.
  ///
  /// What is called within must not claim a name that somebody may hold who waits for one of these.
  package func claiming<Result>(_ names: [String], _ body: () throws -> Result) rethrows -> Result {
    let names = names.filter { !$0.isEmpty }
    wait { claimed.isDisjoint(with: names) }
    claimed.formUnion(names)
    defer {
      claimed.subtract(names)
      tell()
    }
    return try body()
  }

  /// Waits until a condition holds, of which somebody tells that it may have come about.
  package func wait(until isMet: () -> Bool) {
    while !isMet() {
      let place = Turns.place()
      waiting.append(place)
      turns.wait(at: place)
    }
  }

  /// Lets those that wait for a condition look again.
  package func tell() {
    for place in waiting { turns.enqueue(place) }
    waiting = []
  }

  /// Runs something that takes its time and touches nothing that works share.
  package func outside<Result>(_ body: () -> Result) -> Result {
    switch order {
    case .together: turns.outside(body)
    case .inTurn: body()
    }
  }

  private func begin<Work>(_ works: [Work], _ body: @escaping (Work) throws -> Void) -> Round<Work> {
    let round = Round(works, body)
    round.running = min(width, works.count)
    for _ in 0..<round.running {
      startThread { [self] in
        follow(round)
        if round.running == 0, round.isAwaited { turns.enqueue(round.end) }
      }
    }
    return round
  }

  private func end<Work>(_ round: Round<Work>) {
    round.isAwaited = round.running > 0
    if round.isAwaited { turns.wait(at: round.end) }
    isShut = false
  }

  private func follow<Work>(_ round: Round<Work>) {
    while !isShut, let work = round.next() {
      do {
        try round.body(work)
      } catch {
        if round.failure == nil { round.failure = error }
        isShut = true
      }
    }
    round.running -= 1
  }

  /// Queues up for a thread that runs `body` once it has the turn.
  private func startThread(_ body: @escaping () -> Void) {
    let place = Turns.place()
    turns.enqueue(place)
    // What it runs and lets go of is touched by nobody else, as long as it has the turn.
    nonisolated(unsafe) let errand = Errand(body)
    Thread.detachNewThread { [turns] in
      turns.take(place)
      errand.run()
      turns.pass()
    }
  }
}

/// What a thread runs once, and holds no longer than that: whoever has the next turn may want to close what it used.
private final class Errand {
  private var body: (() -> Void)?

  init(_ body: @escaping () -> Void) {
    self.body = body
  }

  func run() {
    let body = body
    self.body = nil
    body?()
  }
}

/// Works that lanes take up, and what came of them.
private final class Round<Work> {
  let body: (Work) throws -> Void
  let end = Turns.place()
  var running = 0
  /// Whether somebody waits for the last one to end.
  var isAwaited = false
  var failure: (any Error)?
  private let works: [Work]
  private var position = 0

  init(_ works: [Work], _ body: @escaping (Work) throws -> Void) {
    self.works = works
    self.body = body
  }

  func next() -> Work? {
    guard position < works.count else { return nil }
    defer { position += 1 }
    return works[position]
  }
}
