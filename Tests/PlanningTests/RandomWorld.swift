import Model
import TestSupport

/// A world that users change at random, night by night.
///
/// It is made of islands, each with a history of its own: records of one never name those of another.
struct RandomWorld {
  /// How many records each side of an island can have.
  static let size = 6

  private(set) var world = World(pairs: 0)
  /// How often each kind of change was made.
  private(set) var made: [String: Int] = [:]
  private var gone: (referrals: [String: [String: String]], opportunities: [String: [String: String]]) = ([:], [:])

  private let islands: Int
  private static let otherOrganization = "bbbbbbbb-0000-4000-8000-000000000002"
  private static let statuses = [
    ("New", "Received"), ("Active", "Accepted"), ("Active", "Engaged"), ("Closed", "Won"), ("Closed", "Lost"),
    ("Closed", "Expired"), ("Closed", "Error"),
  ]
  private static let stages = [
    ("Co-sell On Hold", false, false), ("Co-sell Active", false, false), ("Negotiation", false, false),
    ("Closed Won", true, true), ("Closed Lost", true, false),
  ]

  /// Islands with two pairs in sync on each.
  init(islands: Int) {
    self.islands = islands
    for island in 0..<islands {
      for number in 1...2 { world.addPair(island * Self.size + number) }
    }
  }

  /// A night's worth of changes on every island.
  mutating func pass(using random: inout SeededGenerator) {
    for island in 0..<islands {
      for _ in 0...Int.random(in: 0...4, using: &random) { change(on: island, using: &random) }
    }
  }

  private mutating func change(on island: Int, using random: inout SeededGenerator) {
    let numbers = (island * Self.size + 1)...((island + 1) * Self.size)
    let number = Int.random(in: numbers, using: &random)
    let other = Int.random(in: numbers, using: &random)
    let value = String(Int.random(in: 1...3, using: &random) * 100)
    switch Int.random(in: 0..<20, using: &random) {
    case 0...2: edit(number, value, using: &random)
    case 3...6: create(number, using: &random)
    case 7...9: claim(number, other, using: &random)
    case 10...11: remove(number, using: &random)
    case 12...14:
      for number in numbers { bringBack(number) }
    case 15:
      let status = Self.statuses.randomElement(using: &random) ?? Self.statuses[0]
      world.setReferral(number, "status", status.0)
      world.setReferral(number, "substatus", status.1)
      count("status")
    case 16:
      let stage = Self.stages.randomElement(using: &random) ?? Self.stages[0]
      world.setOpportunity(number, "StageName", stage.0)
      world.setOpportunity(number, "IsClosed", String(stage.1))
      world.setOpportunity(number, "IsWon", String(stage.2))
      count("stage")
    case 17:
      world.setOpportunity(number, "Sync_With_Partner_Center__c", String(!random.once(in: 3)))
      count("tick")
    case 18:
      world.setReferral(number, "organizationId", random.once(in: 3) ? Self.otherOrganization : World.own)
      world.setReferral(other, "type", random.once(in: 3) ? "Federated" : "Independent")
      count("owner")
    default:
      let id = "001-\(other)"
      world.accounts[id] =
        random.once(in: 3)
        ? nil : ["Id": id, "Name": "Customer \(number)", "BillingPostalCode": "80331", "BillingCountry": "DE"]
      count("account")
    }
  }

  private mutating func edit(_ number: Int, _ value: String, using random: inout SeededGenerator) {
    let way = Int.random(in: 0..<4, using: &random)
    if way != 0 { world.setReferral(number, "details.dealValue", value) }
    if way != 1 { world.setOpportunity(number, "Amount", way == 3 ? value + "5" : value) }
    count(["edit in Salesforce", "edit in Partner Center", "edit alike", "edit apart"][way])
  }

  private mutating func create(_ number: Int, using random: inout SeededGenerator) {
    let hasReferral = world.referrals[World.referralID(number)] != nil
    let hasOpportunity = world.opportunities[World.opportunityID(number)] != nil
    guard !hasReferral, !hasOpportunity else { return }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: world.addReferral(number)
    case 1: world.addOpportunity(number)
    default: world.addPair(number)
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0...1:
      world.setReferral(number, "status", "New")
      world.setReferral(number, "substatus", "Received")
      world.setOpportunity(number, "StageName", "Co-sell On Hold")
    case 2:
      world.setReferral(number, "status", "Closed")
      world.setReferral(number, "substatus", "Won")
      world.setOpportunity(number, "StageName", "Closed Won")
      world.setOpportunity(number, "IsClosed", "true")
      world.setOpportunity(number, "IsWon", "true")
    case 3: world.setOpportunity(number, "Sync_With_Partner_Center__c", "false")
    default: break
    }
    count("create")
  }

  /// One side names a record of the other side, whether it is there or not, or none any more.
  private mutating func claim(_ number: Int, _ other: Int, using random: inout SeededGenerator) {
    let isNone = random.once(in: 4)
    if random.once(in: 2) {
      world.setReferral(number, "externalReferenceId", isNone ? "" : World.opportunityID(other))
    } else {
      world.setOpportunity(number, "Referral_Identifier__c", isNone ? "" : World.referralID(other))
    }
    count("claim")
  }

  private mutating func remove(_ number: Int, using random: inout SeededGenerator) {
    let (referral, opportunity) = (World.referralID(number), World.opportunityID(number))
    if random.once(in: 2) {
      guard world.referrals.count > 1, let texts = world.referrals.removeValue(forKey: referral) else { return }
      gone.referrals[referral] = texts
    } else {
      guard world.opportunities.count > 1, let texts = world.opportunities.removeValue(forKey: opportunity) else {
        return
      }
      gone.opportunities[opportunity] = texts
    }
    count("remove")
  }

  private mutating func bringBack(_ number: Int) {
    let (referral, opportunity) = (World.referralID(number), World.opportunityID(number))
    if world.referrals[referral] == nil, let texts = gone.referrals[referral] {
      world.referrals[referral] = texts
      count("return")
    }
    if world.opportunities[opportunity] == nil, let texts = gone.opportunities[opportunity] {
      world.opportunities[opportunity] = texts
      count("return")
    }
  }

  private mutating func count(_ kind: String) { made[kind, default: 0] += 1 }
}
