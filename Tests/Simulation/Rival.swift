import Model

/// Somebody who starts a second run while one is at work.
struct Rival {
  private let world: World

  init(_ world: World) {
    self.world = world
  }

  /// Tries it now and then; the lock must turn it away before it has asked anybody anything.
  func tries(while life: Life) {
    let event = Event(.second, life.number, life.step)
    let isHeeded = !world.mutants.contains(.noLock)
    guard world.isStormy, !world.isRivalled, isHeeded || world.isApplying,
      world.happens(event, isHeeded ? 0.004 : 0.03)
    else { return }
    world.isRivalled = true
    defer { world.isRivalled = false }
    world.coverage.count("second run")
    var tool = Tool(world)
    tool.heedsLock = isHeeded
    if !isHeeded { world.hasRival = true }
    do {
      let end = try tool.plan()
      if isHeeded {
        guard case .failed(_, .ledgerLocked) = end else {
          return world.oracle.report(.effort, "a second run was not turned away")
        }
      } else if case .ended(let run) = end {
        _ = try tool.apply(run, try Reviewer(world).decisions(run, everything: true))
      }
    } catch {
      world.oracle.report(.effort, "the simulation itself failed: \(error)")
    }
  }
}
