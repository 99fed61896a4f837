import GRDB

/// Registers won deals by JSON Patch on `registrations`, and amends what was registered.
struct DealRegistration {
  let world: World

  private static let smallest = 25000.0

  /// Completes new registrations with what the service gives, and refuses what may not be registered.
  func register(_ after: inout Referral, from before: Referral) throws {
    let old = before.body["registrations"].array ?? []
    let new = after.body["registrations"].array ?? []
    if old == new { return }
    guard new.count >= old.count, zip(old, new).allSatisfy({ DealRegistration.isAmended($0, $1) }) else {
      throw refused("Registrations can be added and amended, not withdrawn or decided.", "registrations")
    }
    try checkDeal(after)
    for registration in new { try check(registration, of: after) }
    let added = try new.dropFirst(old.count).map(completed)
    guard case .object(var members) = after.body else { return }
    members["registrations"] = .array(Array(new.prefix(old.count)) + added)
    if !added.isEmpty { members["registrationStatus"] = "ReviewPending" }
    after.body = .object(members)
  }

  /// Whether nothing but contract and solutions is different.
  private static func isAmended(_ old: JSONValue, _ new: JSONValue) -> Bool {
    ["id", "type", "status", "statusReason", "registrationDateTime", "statusHistory"].allSatisfy { old[$0] == new[$0] }
  }

  private func checkDeal(_ referral: Referral) throws {
    guard referral.status == "Closed", referral.substatus == "Won" else {
      throw refused("Only a won deal can be registered.", "status")
    }
    guard referral.isShared else { throw refused("A private deal cannot be registered.", "consent") }
    let details = referral.body["details"]
    if details["currency"] == "USD", details["dealValue"].double ?? 0 < DealRegistration.smallest {
      throw refused("The deal is worth less than USD 25000.", "details.dealValue")
    }
    guard referral.body["type"] == "Shared" else { return }
    let theirs = try ReferralReader(world: world).engagement(referral.engagement).first(where: \.isMicrosofts)
    guard let theirs, ["Accepted", "Won"].contains(theirs.substatus) else {
      throw refused("Microsoft has not accepted the deal.", "registrations")
    }
  }

  private func check(_ registration: JSONValue, of referral: Referral) throws {
    guard registration["type"] == "AzureIPCoSell" else { throw refused("Unknown type.", "registrations.type") }
    let solutions = Set(
      (referral.body["details"]["requirements"]["solutions"].array ?? []).compactMap { $0["id"].string })
    let details = registration["solutionDetails"].array ?? []
    guard !details.isEmpty, details.allSatisfy({ solutions.contains($0["id"].string ?? "") }) else {
      throw refused("Solutions of the deal are required.", "registrations.solutionDetails")
    }
    for solution in details {
      try checkMoney(solution, "registrations.solutionDetails")
      try check(solution, "primaryDeploymentOn", ["Customer", "Partner"])
      try check(solution, "pricingModel", ["PayAsYouGo", "Other"])
    }
    let contract = registration["contract"]
    try checkMoney(contract, "registrations.contract")
    try check(contract, "term", ["Perpetual", "Finite"])
    guard let signed = contract["signDateTime"].string.flatMap({ Stamp(iso: $0) }), try signed <= world.now else {
      throw refused("The contract must be signed, and not in the future.", "registrations.contract.signDateTime")
    }
  }

  private func checkMoney(_ value: JSONValue, _ target: String) throws {
    guard let amount = value["value"].double, amount > 0, value["currency"].string?.count == 3 else {
      throw refused("A value above zero and its currency are required.", target)
    }
  }

  private func check(_ value: JSONValue, _ name: String, _ known: [String]) throws {
    guard known.contains(value[name].string ?? "") else {
      throw refused("\(name) must be \(known.joined(separator: " or ")).", "registrations.\(name)")
    }
  }

  private func completed(_ registration: JSONValue) throws -> JSONValue {
    guard case .object(var members) = registration else { return registration }
    var random = try world.random("registration")
    let moment = try world.now.adding(1).zulu
    members["id"] = .string(GUID.make(&random))
    members["status"] = "ReviewPending"
    members["registrationDateTime"] = .string(moment)
    members["statusHistory"] = ReferralShape.filled(
      ReferralShape.registration["statusHistory"], with: ["reviewPendingDateTime": .string(moment)])
    return .object(members)
  }

  private func refused(_ message: String, _ target: String) -> Refusal { ReferralRules.refused(message, target) }
}
