import GRDB
import Ledger
import Load
import Model
import Sandbox

/// A plan that is applied with its pairs in another order, on a copy of the ledger and in a world that is put back: the
/// order of what does not depend on each other must not matter.
struct Rehearsal {
  private let world: World

  init(_ world: World) {
    self.world = world
  }

  /// What both services would then hold; nil when there is one order only, or when it is not tried.
  func picture(of run: RunEntry, _ decisions: [Int: Decision]) throws -> Picture? {
    guard world.happens(Event(.shuffle, run.number, 0), 0.6) else { return nil }
    let disk = try LedgerDisk(holding: world.disk.moment(cutAt: .max))
    defer { disk.remove() }
    guard let seqs = try shuffled(run, on: disk) else { return nil }
    let renumbered = Dictionary(uniqueKeysWithValues: decisions.map { (seqs[$0.key] ?? $0.key, $0.value) })
    world.coverage.count("order shuffled")
    return try world.sandbox.trial {
      let ledger = try LedgerFile(at: disk.path)
      try Tool(world).rehearse(run, renumbered, in: ledger)
      return try Picture(of: world.sandbox)
    }
  }

  /// Gives the rows other numbers, so that pairs of one phase change places; the new number of each by its old one, nil
  /// when nothing moved.
  private func shuffled(_ run: RunEntry, on disk: LedgerDisk) throws -> [Int: Int]? {
    let rows = try rows(of: run)
    let pairs = rows.reduce(into: [[PlanRow]]()) { pairs, row in
      if pairs.last?.first?.key == row.key { pairs[pairs.count - 1].append(row) } else { pairs.append([row]) }
    }
    var order: [[PlanRow]] = []
    for phase in [Phase.create, .update, .close] {
      order += shuffled(pairs.filter { Phase($0) == phase }, Event(.shuffle, run.number, 1 + order.count))
    }
    let seqs = Dictionary(uniqueKeysWithValues: zip(order.joined().map(\.seq), 1...))
    guard seqs.contains(where: { $0.key != $0.value }) else { return nil }
    try DatabaseQueue(path: disk.path).write { database in
      // Twice, since a number may be taken until the last row has its own.
      for (old, new) in seqs {
        try database.execute(
          sql: "UPDATE change SET seq = ? WHERE run = ? AND seq = ?", arguments: [-new, run.number, old])
      }
      try database.execute(sql: "UPDATE change SET seq = -seq WHERE run = ?", arguments: [run.number])
    }
    return seqs
  }

  private func rows(of run: RunEntry) throws -> [PlanRow] {
    var rows: [PlanRow] = []
    try world.openLedger().read { try $0.eachRow(of: run.number) { rows.append($0) } }
    return rows
  }

  private func shuffled(_ pairs: [[PlanRow]], _ event: Event) -> [[PlanRow]] {
    var pairs = pairs
    for place in pairs.indices.dropLast() {
      let other = place + world.dice.number(event, below: pairs.count - place, UInt64(place))
      pairs.swapAt(place, other)
    }
    return pairs
  }

  /// What comes before what in every plan.
  private enum Phase {
    case create, update, close

    init(_ pair: [PlanRow]) {
      let actions = Set(pair.map(\.change.action))
      self =
        if !actions.isDisjoint(with: [.createOpportunity, .createReferral]) {
          .create
        } else if actions.isDisjoint(with: [.closeWon, .closeLost, .decline]) {
          .update
        } else {
          .close
        }
    }
  }
}

extension Picture {
  /// The same, with names for the records that `before` lacks in place of ids: whoever makes two records in another order
  /// gives them other ids.
  func named(since before: Picture) -> Picture {
    var names: [String: String] = [:]
    for (id, deal) in referrals where before.referrals[id] == nil { names[id] = "referral for \(deal.partner)" }
    for (id, deal) in opportunities where before.opportunities[id] == nil {
      names[id] = "opportunity for \(deal.partner)"
    }
    var picture = self
    picture.referrals = Self.named(referrals, names)
    picture.opportunities = Self.named(opportunities, names)
    // Accounts and contacts have no names of their own here: how many there are of each kind is what counts.
    picture.others = others.filter { before.others[$0.key] != nil }
    for text in others.keys where before.others[text] == nil {
      let kind = text.split(separator: " ").first.map(String.init) ?? ""
      picture.others["new \(kind)", default: 0] += others[text] ?? 0
    }
    return picture
  }

  private static func named(_ deals: [String: Deal], _ names: [String: String]) -> [String: Deal] {
    Dictionary(
      uniqueKeysWithValues: deals.map { id, deal in
        var deal = deal
        deal.partner = names[deal.partner] ?? deal.partner
        return (names[id] ?? id, deal)
      })
  }
}
