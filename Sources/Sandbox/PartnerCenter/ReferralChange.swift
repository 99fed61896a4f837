/// Changes a record of the own organization by JSON Patch, as a whole or not at all (S10 to S14).
struct ReferralChange {
  let world: World

  /// The members of details, consent and invitation that belong to the service.
  private static let owned: Set<[String]> = [["details", "incentiveLevel"]]

  /// Applies the operations, checks the outcome and stores it under new stamps.
  func apply(_ operations: [PatchOperation], to before: Referral) throws -> Referral {
    if before.status == "Closed" {
      throw ReferralRules.refused("A closed referral cannot be changed.", "status")
    }
    if operations.isEmpty { throw ReferralRules.refused("There is no operation.", "referral") }
    var after = before
    for operation in operations {
      guard let root = operation.path.first, let name = ReferralShape.empty.object?.spelling(of: root),
        ReferralRules.roots.contains(name), !ReferralChange.owned.contains(Array(operation.path.prefix(2)))
      else {
        throw ReferralRules.refused(
          "'/\(operation.path.joined(separator: "/"))' cannot be changed.", operation.path.joined(separator: "."))
      }
      after.body = try operation.applied(to: after.body)
      after.body = ReferralChange.numbered(after.body)
    }
    try ReferralRules.checkLocks(from: before, to: after)
    try ReferralRules.checkStep(from: before, to: after)
    for operation in operations { try ReferralRules.check(after.body, after: operation.path) }
    let stamp = try world.tick()
    try ReferralChange.mark(&after, from: before, at: stamp, random: world.random("referral mark"))
    try ReferralReader(world: world).store(&after, at: stamp)
    return after
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

  /// A deal value sent as text where there was none before.
  private static func numbered(_ body: JSONValue) -> JSONValue {
    guard case .object(var root) = body, case .object(var details)? = root["details"],
      let text = details["dealValue"]?.string, case .number(let number)? = try? JSONParser.parse(text)
    else { return body }
    details["dealValue"] = .number(number)
    root["details"] = .object(details)
    return .object(root)
  }
}
