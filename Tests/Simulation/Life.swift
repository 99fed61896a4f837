import Model

/// One process of the tool from its start to its end, natural or not.
final class Life {
  let number: Int
  /// How many requests it has sent.
  var step = 0
  /// Where the ledger's log stood when the last answer came: no later crash can undo what was stored before.
  var mark = 0
  /// Whether it was handed a list that was cut short.
  var sawShortList = false
  /// What lay on the disk when it died; nil while it lives.
  private(set) var moment: LedgerDisk.Moment?

  var isDead: Bool { moment != nil }

  init(number: Int) {
    self.number = number
  }

  /// Whether the process dies at this step, before the request leaves or after it took effect.
  ///
  /// Swift cannot make a process vanish from within. So what it does afterwards does not count: nothing it sends arrives,
  /// and the ledger is put back to what lay on the disk.
  func dies(before: Bool, in world: World) -> Bool {
    dies(Event(.crash, number, step * 2 + (before ? 0 : 1)), before ? "before a request" : "after a request", world)
  }

  /// The same behind the last request.
  func diesAtTheEnd(in world: World) -> Bool { dies(Event(.crash, number, 0), "at the end", world) }

  private func dies(_ event: Event, _ place: String, _ world: World) -> Bool {
    // Who may write beside whom, which a second run tries, says nothing of deaths.
    guard !isDead, world.isStormy, !world.hasRival, world.happens(event, 0.012) else { return false }
    let now = world.disk.mark
    let kept = now > mark ? mark + world.dice.number(Event(.tear, number, event.step), below: now - mark + 1) : now
    do {
      moment = try world.disk.moment(cutAt: kept)
    } catch {
      world.oracle.report(.effort, "the simulation itself failed: \(error)")
      return false
    }
    world.clock.stop(true)
    world.coverage.count("crash \(place)")
    if kept < now { world.coverage.count("crash within a commit") }
    world.say("\(number).\(step) dies \(place)")
    return true
  }
}
