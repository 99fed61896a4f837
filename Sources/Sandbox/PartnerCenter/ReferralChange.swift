/// Changes a record of the own organization by JSON Patch, as a whole or not at all (S10 to S14).
struct ReferralChange {
  let world: World

  /// The members of details, consent and invitation that belong to the service.
  private static let owned: Set<[String]> = [["details", "incentiveLevel"]]

  /// Applies the operations, checks the outcome and stores it under new stamps.
  ///
  /// - Throws: a `Refusal` that names the member; nothing has changed then.
  func apply(_ operations: [PatchOperation], to before: Referral) throws -> Referral {
    let switches = try world.partnerCenterSwitches
    try checkOpen(before, operations, status: switches.closedStatus)
    if operations.isEmpty { throw ReferralRules.refused("There is no operation.", "referral") }
    var after = before
    var effective: [PatchOperation] = []
    for operation in operations {
      var next = after
      do {
        try ReferralChange.checkPath(operation)
        next.body = try operation.applied(to: after.body)
        try ReferralRules.checkLocks(from: before, to: next)
      } catch let lock as LockedField {
        if switches.lockedFields == .ignore { continue }
        throw ReferralRules.refused(lock.message, lock.target)
      }
      after = next
      effective.append(operation)
    }
    if effective.isEmpty { return before }
    try ReferralRules.checkOneWay(from: before, to: after)
    try ReferralRules.checkStep(from: before, to: after)
    for operation in effective { try ReferralRules.check(after.body, after: operation.path) }
    try DealRegistration(world: world).register(&after, from: before)
    return try stored(after, from: before)
  }

  /// Replaces a record by what a client sent of it (S15); what is equal to the record, or not the client's, is left.
  func replace(_ before: Referral, by sent: JSONObject) throws -> Referral {
    let operations = sent.members.compactMap { name, value -> PatchOperation? in
      guard let known = ReferralShape.whole.object?.spelling(of: name), ReferralRules.roots.contains(known),
        before.body[known] != value
      else { return nil }
      return PatchOperation(path: [known], value: value)
    }
    if operations.isEmpty && before.status != "Closed" { return try stored(before, from: before) }
    return try apply(operations, to: before)
  }

  /// S14: new stamps with every change.
  private func stored(_ changed: Referral, from before: Referral) throws -> Referral {
    var after = changed
    let stamp = try world.tick()
    try ReferralChange.mark(&after, from: before, at: stamp, random: world.random("referral mark"))
    try ReferralReader(world: world).store(&after, at: stamp)
    return after
  }

  /// S11: a closed record is closed, but a won deal may still be registered.
  private func checkOpen(_ before: Referral, _ operations: [PatchOperation], status: Int) throws {
    guard before.status == "Closed" else { return }
    let registers = operations.allSatisfy { $0.path.first?.lowercased() == "registrations" } && !operations.isEmpty
    if registers && before.substatus == "Won" { return }
    throw Refusal(
      status: status, code: "invalidRequest", message: "A closed referral cannot be changed.", fields: ["status"])
  }

  private static func checkPath(_ operation: PatchOperation) throws {
    guard let root = operation.path.first, let name = ReferralShape.whole.object?.spelling(of: root) else {
      throw ReferralRules.refused("There is no member '\(operation.path.first ?? "")'.", "path")
    }
    if !ReferralRules.roots.contains(name) || owned.contains(Array(operation.path.prefix(2))) {
      throw LockedField(
        message: "'/\(operation.path.joined(separator: "/"))' cannot be changed.",
        target: operation.path.joined(separator: "."))
    }
  }

  /// The stamps that go with a step: accepted, closed.
  static func mark(
    _ after: inout Referral, from before: Referral, at stamp: Stamp, random: SplitMix64
  ) throws {
    guard case .object(var members) = after.body, before.status != after.status else { return }
    var random = random
    if after.status == "Active" { members["acceptedDateTime"] = .string(ReferralStamps.text(stamp, &random)) }
    if after.status == "Closed" { members["closedDateTime"] = .string(ReferralStamps.text(stamp, &random)) }
    if after.status != "New" { members["expirationDateTime"] = .null }
    after.body = .object(members)
  }
}

/// A write to a field that partners cannot change (S12): refused or ignored, by a switch.
struct LockedField: Error {
  let message: String
  let target: String
}
