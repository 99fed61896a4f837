import Model

// The limits in the order in which they are told: what ends a deal, what changes it, what makes one.
extension SafetyLimits {
  /// Every limit that a plan goes beyond; none when all are kept.
  package func stops(_ tally: SafetyTally) -> [SafetyStop] {
    closes(tally) + fields(tally) + updates(tally) + creates(tally)
  }

  private func closes(_ tally: SafetyTally) -> [SafetyStop] {
    guard tally.closes > maximumCloses else { return [] }
    return [
      SafetyStop(
        limit: .close, count: tally.closes, deals: tally.deals,
        message: "\(tally.closes) deals would be won, lost or declined; the limit is \(maximumCloses) "
          + "(safety.max_close)",
        cause: Self.mapping(tally)
          ?? "mappings/stages.csv gives a stage another status, or many deals were closed in bulk")
    ]
  }

  private func fields(_ tally: SafetyTally) -> [SafetyStop] {
    tally.fields.sorted { ($0.key.label, $0.key.side.rawValue) < ($1.key.label, $1.key.side.rawValue) }
      .compactMap { field, count in
        guard exceeds(count, maximumFieldPercent, tally) else { return nil }
        return SafetyStop(
          limit: .field, count: count, deals: tally.deals,
          message: "the field \(field.label) would be changed in \(field.side.title) on \(Self.share(count, tally)); "
            + "the limit is \(maximumFieldPercent) percent (safety.max_field_percent)",
          cause: Self.mapping(tally)
            ?? "the field's row in mappings/fields.csv or its value file was edited, or the field was filled in bulk")
      }
  }

  private func updates(_ tally: SafetyTally) -> [SafetyStop] {
    Side.allCases.compactMap { side in
      let count = tally.updates[side] ?? 0
      guard let limit = exceeded(count, maximumUpdatePercent, maximumUpdates, "update", tally) else { return nil }
      let most = tally.fields.filter { $0.key.side == side }
        .max { ($0.value, $1.key.label) < ($1.value, $0.key.label) }
      return SafetyStop(
        limit: .update, count: count, deals: tally.deals,
        message: "\(Self.share(count, tally)) would be updated in \(side.title); \(limit)",
        cause: Self.mapping(tally)
          ?? most.map { "the field \($0.key.label) alone changes on \($0.value) of them" }
          ?? "many deals were edited in bulk")
    }
  }

  private func creates(_ tally: SafetyTally) -> [SafetyStop] {
    Action.allCases.compactMap { action in
      let count = tally.creates[action] ?? 0
      guard let limit = exceeded(count, maximumCreatePercent, maximumCreates, "create", tally) else { return nil }
      return SafetyStop(
        limit: .create, count: count, deals: tally.deals,
        message: "\(action.rawValue) would be done for \(Self.share(count, tally)); \(limit)",
        cause: Self.mapping(tally)
          ?? "the first night of a workspace, many new deals at once, or a filter or the field of the other side's id "
          + "that was changed")
    }
  }

  /// The limit that a number goes beyond, in words; nil when it is kept.
  private func exceeded(
    _ count: Int, _ percent: Int, _ number: Int?, _ key: String, _ tally: SafetyTally
  ) -> String? {
    if exceeds(count, percent, tally) { return "the limit is \(percent) percent (safety.max_\(key)_percent)" }
    guard let number, count > number else { return nil }
    return "the limit is \(number) (safety.max_\(key))"
  }

  private func exceeds(_ count: Int, _ percent: Int, _ tally: SafetyTally) -> Bool {
    count > 0 && tally.deals >= minimumRecords && count * 100 > tally.deals * percent
  }

  private static func share(_ count: Int, _ tally: SafetyTally) -> String {
    guard tally.deals > 0 else { return "\(count) deals" }
    return "\(count) of \(tally.deals) deals in play (\(count * 100 / tally.deals) percent)"
  }

  /// A changed mapping explains more than anything else does.
  private static func mapping(_ tally: SafetyTally) -> String? {
    tally.fromMapping > 0 ? "the mapping was changed, and \(tally.fromMapping) rows come from it (N141)" : nil
  }
}
