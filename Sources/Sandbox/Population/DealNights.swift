/// What happens to one deal from night to night, so that the exports of any night can be written without the earlier ones.
///
/// In the second night, the fourth and so on, people have changed two per cent of the records of each side. In the night
/// after, each side has what people changed on the other, as a run would have written it; where both changed the same
/// field, Salesforce's value stays. So two per cent of each side are new every night, and nothing stays open.
struct DealNights {
  let seed: UInt64
  let number: Int
  /// Whether both sides have the deal; otherwise there is nobody to take anything over from.
  let isPair: Bool

  /// Brings one side's view of the deal to a night.
  func live(through night: Int, _ deal: inout Deal, isReferral: Bool) {
    for edited in stride(from: 2, through: night, by: 2) {
      let partnerCenter = edit(edited, isReferral: true)
      let salesforce = edit(edited, isReferral: false)
      if isPair, edited < night {
        settle(partnerCenter, salesforce, edited, &deal, isReferral: isReferral)
      } else if let own = isReferral ? partnerCenter : salesforce {
        apply(own, edited, &deal)
      }
    }
  }

  /// Both sides' edits; what came from the other side was written a night later.
  private func settle(
    _ partnerCenter: Edit?, _ salesforce: Edit?, _ night: Int, _ deal: inout Deal, isReferral: Bool
  ) {
    let standing = partnerCenter?.field == salesforce?.field ? nil : partnerCenter
    if let standing { apply(standing, night, &deal) }
    if let salesforce { apply(salesforce, night, &deal) }
    if let taken = isReferral ? salesforce : standing { stamp(night + 1, second: taken.second, &deal) }
  }

  /// What people changed on one side before a night, nil when they left the record alone.
  private func edit(_ night: Int, isReferral: Bool) -> Edit? {
    let side: UInt64 = isReferral ? 0x0212_62EF : 0x0212_6CEE
    let mixed = seed ^ side ^ (UInt64(night - 2) &* 0x9E37_79B9_7F4A_7C15)
    var random = SplitMix64(seed: mixed, stream: UInt64(number))
    guard random.percent(2) else { return nil }
    let change: Edit.Change =
      switch random.below(3) {
      case 0: .value("\(1000 + random.below(900_000)).5")
      case 1: .closing(laterBy: 1 + random.below(60))
      default: .notes("Changed in night \(night): \(Words.notes[random.below(Words.notes.count)])")
      }
    return Edit(change: change, second: random.below(86400))
  }

  private func apply(_ edit: Edit, _ night: Int, _ deal: inout Deal) {
    switch edit.change {
    case .value(let value): deal.value = value
    case .closing(let days): deal.closing = deal.closing.adding(days: days)
    case .notes(let notes): deal.notes = notes
    }
    stamp(night, second: edit.second, &deal)
  }

  private func stamp(_ night: Int, second: Int, _ deal: inout Deal) {
    deal.version = night - 1
    deal.updatedReferral = Stamp.start.adding(86400 * (night - 2) + second)
    deal.updatedOpportunity = deal.updatedReferral
  }
}

/// One change by people to one record.
private struct Edit {
  enum Change {
    case value(String)
    case closing(laterBy: Int)
    case notes(String)
  }

  let change: Change
  /// The second of the day at which it was made.
  let second: Int

  var field: Int {
    switch change {
    case .value: 0
    case .closing: 1
    case .notes: 2
    }
  }
}
