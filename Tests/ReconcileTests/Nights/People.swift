import Foundation
import JSON
import TestSupport

/// The people who work in the two services, each value of theirs a new one.
final class People {
  private let sandbox: SandboxProcess
  private var number = 0
  /// The records that somebody worked on since they were looked at last.
  private(set) var touched: Set<String> = []
  /// The deals whose value two people have set differently, and which nobody has decided yet.
  private(set) var clashes: [DealPair] = []
  /// Deals that are on their way to be closed.
  private var closing: Set<String> = []
  /// How often they did what.
  private(set) var counts: [String: Int] = [:]

  init(_ sandbox: SandboxProcess) {
    self.sandbox = sandbox
  }

  // MARK: A day

  /// A day's work: now and then none at all.
  func work(_ dice: inout SeededGenerator, atLeast: Int) throws {
    if atLeast > 0 {
      for pair in try free(&dice).prefix(atLeast) { try editOpportunity(pair) }
    }
    guard atLeast > 0 || !dice.once(in: 3) else { return count("rests") }
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let pairs = try free(&dice)
      guard let pair = pairs.first else { continue }
      switch Int.random(in: 0..<15, using: &dice) {
      case 0..<4: try editReferral(pair)
      case 4..<8: try editOpportunity(pair)
      case 8..<10: try editAlike(pair)
      case 10..<13 where clashes.count < 2: try clash(pair)
      case 13: try enterReferral()
      case 14: try enterOpportunity()
      default: try editReferral(pair)
      }
    }
  }

  /// Somebody closes a deal in one of the services.
  func close(_ dice: inout SeededGenerator, won: Bool) throws {
    guard let pair = try free(&dice).first else { return }
    if won {
      try sandbox.edit(opportunity: pair.opportunity, "StageName", "Closed Won")
    } else {
      try sandbox.edit(referral: pair.referral, "status", "Closed")
      try sandbox.edit(referral: pair.referral, "substatus", "Lost")
    }
    closing.insert(pair.referral)
    touch(pair, won ? "wins an opportunity" : "loses a referral")
  }

  /// The records have been looked at: what was done to them is known.
  func lookedAt() { touched = [] }

  /// A person has decided a clash.
  func decided(_ referral: String) { clashes.removeAll { $0.referral == referral } }

  /// A person settles a deal of which a change was rejected: the same value goes to both sides.
  func settle(referral: String, opportunity: String) throws {
    let value = next()
    try sandbox.edit(referral: referral, "details.dealValue", value)
    try sandbox.edit(opportunity: opportunity, "Amount", value)
  }

  /// Deals that are in agreement, in an order of the dice.
  private func free(_ dice: inout SeededGenerator) throws -> [DealPair] {
    let busy = Set(clashes.map(\.referral)).union(closing)
    return try sandbox.linkedPairs().filter { !busy.contains($0.referral) && !kept.contains($0.referral) }
      .shuffled(using: &dice)
  }

  /// Deals that nobody works on.
  var kept: Set<String> = []

  // MARK: Deeds

  private func editReferral(_ pair: DealPair) throws {
    try sandbox.edit(referral: pair.referral, "details.dealValue", next())
    touch(pair, "edits a referral")
  }

  private func editOpportunity(_ pair: DealPair) throws {
    try sandbox.edit(opportunity: pair.opportunity, "Amount", next())
    touch(pair, "edits an opportunity")
  }

  private func editAlike(_ pair: DealPair) throws {
    let text = JSONValue.string("Note \(number)")
    number += 1
    try sandbox.edit(referral: pair.referral, "details.notes", text)
    try sandbox.edit(opportunity: pair.opportunity, "Description", text)
    touch(pair, "edits both alike")
  }

  private func clash(_ pair: DealPair) throws {
    try sandbox.edit(referral: pair.referral, "details.dealValue", next())
    try sandbox.edit(opportunity: pair.opportunity, "Amount", next())
    clashes.append(pair)
    touch(pair, "clashes")
  }

  private func enterReferral() throws {
    number += 1
    _ = try sandbox.enter([
      JSONMember("side", "partner-center"),
      JSONMember("set", ["name": .string("Entered deal \(number)"), "details.dealValue": next()]),
    ])
    count("enters a referral")
  }

  private func enterOpportunity() throws {
    number += 1
    let account = try enter(
      "Account",
      [
        "Name": .string("Customer \(number)"), "BillingStreet": "1 Harbour Street", "BillingCity": "Seattle",
        "BillingState": "WA", "BillingPostalCode": "98101", "BillingCountry": "US",
      ])
    let contact = try enter(
      "Contact",
      [
        "AccountId": .string(account), "FirstName": "Ana", "LastName": .string("Silva \(number)"),
        "Email": .string("ana.\(number)@customer.example"), "Phone": "2065550100",
      ])
    let opportunity = try enter(
      "Opportunity",
      [
        "AccountId": .string(account), "Name": .string("Entered opportunity \(number)"),
        "StageName": "Co-sell Active", "Amount": next(), "CloseDate": "2027-06-30", "CurrencyIsoCode": "USD",
        "Sync_With_Partner_Center__c": false,
      ])
    _ = try enter(
      "OpportunityContactRole",
      ["OpportunityId": .string(opportunity), "ContactId": .string(contact), "IsPrimary": true])
    let solution = try sandbox.state().at("salesforce.Microsoft_Solution_Detail__c")?.arrayValue?.first?["Id"]
    _ = try enter("Microsoft_Solutions__c", ["Opportunity__c": .string(opportunity), "Solution__c": solution ?? .null])
    try sandbox.edit(opportunity: opportunity, "Sync_With_Partner_Center__c", true)
    count("enters an opportunity")
  }

  private func enter(_ object: String, _ fields: JSONValue) throws -> String {
    try sandbox.enter([
      JSONMember("side", "salesforce"), JSONMember("object", .string(object)), JSONMember("set", fields),
    ])
  }

  private func next() -> JSONValue {
    number += 1
    return .number("\(200_000 + number)")
  }

  private func touch(_ pair: DealPair, _ what: String) {
    touched.formUnion([pair.referral, pair.opportunity])
    count(what)
  }

  private func count(_ what: String) { counts[what, default: 0] += 1 }
}
