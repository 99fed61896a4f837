import Foundation
import Sandbox

extension World {
  /// The people who work in the two services, each value of theirs a new one.
  struct Users {
    private let world: World

    init(_ world: World) {
      self.world = world
    }

    /// Somebody edits while the tool is at work.
    func meddle(_ life: Life) throws {
      guard world.isStormy, world.happens(Event(.edit, life.number, life.step), 0.03) else { return }
      try act(Event(.user, life.number, life.step))
    }

    /// Somebody does one thing in one of the services.
    func act(_ event: Event) throws {
      try world.meetClocks()
      let before = try world.picture()
      let what = try choose(event, before)
      world.changed()
      try world.meetClocks()
      let after = try world.picture()
      world.oracle.user(before, after)
      guard before != after else { return }
      world.coverage.count("user \(what)")
      world.say("user \(what)")
    }

    private func choose(_ event: Event, _ now: Picture) throws -> String {
      let place = world.dice.number(event, below: 100, 1)
      let referral = world.dice.pick(event, of: now.referrals.keys.sorted(), 2)
      let opportunity = world.dice.pick(event, of: now.opportunities.keys.sorted(), 3)
      let field = world.dice.pick(event, of: TrackedField.allCases, 4) ?? .name
      switch place {
      case _ where referral == nil && opportunity == nil: return try place < 50 ? enterReferral() : enterOpportunity()
      case ..<7 where now.referrals.count < 4: return try enterReferral()
      case ..<14 where now.opportunities.count < 4: return try enterOpportunity()
      case 14..<44: return try editReferral(referral, field, fresh(field, .partnerCenter))
      case 44..<74: return try editOpportunity(opportunity, field, fresh(field, .salesforce))
      case 74..<80: return try editAlike(event, now, field)
      case 80..<84: return try editBack(opportunity, field, now)
      case 84..<87: return try delete("partner-center", referral, now.referrals.count)
      case 87..<90: return try delete("salesforce", opportunity, now.opportunities.count)
      case 90..<94: return try moveStage(event, opportunity)
      case 94..<97: return try moveStatus(event, referral)
      default: return try editReferral(referral, field, fresh(field, .partnerCenter))
      }
    }

    // MARK: Entering

    private func enterReferral() throws -> String {
      let number = world.next()
      try edit(
        #"{"side":"partner-center","set":{"name":"Deal v\#(number)","details.notes":"Note v\#(number)","#
          + #""details.dealValue":\#(1000 + number),"details.closingDateTime":"\#(Self.day(number))T00:00:00Z"}}"#)
      return "enters a referral"
    }

    private func enterOpportunity() throws -> String {
      let number = world.next()
      let account = try edit(
        #"{"side":"salesforce","object":"Account","set":{"Name":"Customer \#(number)","BillingStreet":"1 Harbour Street","#
          + #""BillingCity":"Seattle","BillingState":"WA","BillingPostalCode":"98101","BillingCountry":"US"}}"#)
      let contact = try edit(
        #"{"side":"salesforce","object":"Contact","set":{"AccountId":"\#(account)","FirstName":"Ana","LastName":"Silva \#(number)","#
          + #""Email":"ana.\#(number)@customer.example","Phone":"2065550100"}}"#)
      let opportunity = try edit(
        #"{"side":"salesforce","object":"Opportunity","set":{"AccountId":"\#(account)","Name":"Deal v\#(number)","#
          + #""Description":"Note v\#(number)","StageName":"Co-sell Active","Amount":\#(1000 + number),"#
          + #""CloseDate":"\#(Self.day(number))","CurrencyIsoCode":"USD","Sync_With_Partner_Center__c":false}}"#)
      _ = try edit(
        #"{"side":"salesforce","object":"OpportunityContactRole","set":{"OpportunityId":"\#(opportunity)","#
          + #""ContactId":"\#(contact)","IsPrimary":true}}"#)
      let solution = try world.sandbox.rows("SELECT Id FROM Microsoft_Solution_Detail__c ORDER BY Id LIMIT 1")
      _ = try edit(
        #"{"side":"salesforce","object":"Microsoft_Solutions__c","set":{"Opportunity__c":"\#(opportunity)","#
          + #""Solution__c":"\#(solution.first?.first ?? "")"}}"#)
      _ = try edit(
        #"{"side":"salesforce","object":"Opportunity","id":"\#(opportunity)","set":{"Sync_With_Partner_Center__c":true}}"#
      )
      return "enters an opportunity"
    }

    // MARK: Editing

    private func editReferral(_ id: String?, _ field: TrackedField, _ value: String) throws -> String {
      guard let id else { return "nothing" }
      let path =
        switch field {
        case .name: "name"
        case .value: "details.dealValue"
        case .date: "details.closingDateTime"
        case .notes: "details.notes"
        }
      try edit(#"{"side":"partner-center","id":"\#(id)","set":{"\#(path)":\#(value)}}"#)
      return "edits a referral"
    }

    private func editOpportunity(_ id: String?, _ field: TrackedField, _ value: String) throws -> String {
      guard let id else { return "nothing" }
      let name =
        switch field {
        case .name: "Name"
        case .value: "Amount"
        case .date: "CloseDate"
        case .notes: "Description"
        }
      try edit(#"{"side":"salesforce","object":"Opportunity","id":"\#(id)","set":{"\#(name)":\#(value)}}"#)
      return "edits an opportunity"
    }

    /// The same new value on both sides of a pair.
    private func editAlike(_ event: Event, _ now: Picture, _ field: TrackedField) throws -> String {
      let pairs = now.opportunities.filter { now.referrals[$0.value.partner] != nil }.keys.sorted()
      guard let id = world.dice.pick(event, of: pairs, 5), let partner = now.opportunities[id]?.partner else {
        return "nothing"
      }
      let number = world.next()
      _ = try editOpportunity(id, field, Self.value(field, .salesforce, number))
      _ = try editReferral(partner, field, Self.value(field, .partnerCenter, number))
      return "edits both alike"
    }

    /// The other side's value, entered by hand.
    private func editBack(_ id: String?, _ field: TrackedField, _ now: Picture) throws -> String {
      guard let id, let partner = now.opportunities[id]?.partner,
        let token = now.referrals[partner]?.tokens[field]?.description,
        let text = token.split(separator: ":").last.map(String.init)
      else { return "nothing" }
      let value =
        switch field {
        case .name: "\"Deal \(text)\""
        case .notes: "\"Note \(text)\""
        case .value: text
        case .date: "\"\(text)\""
        }
      _ = try editOpportunity(id, field, value)
      return "enters the other side's value"
    }

    private func delete(_ side: String, _ id: String?, _ count: Int) throws -> String {
      guard let id, count > 1 else { return "nothing" }
      try edit(#"{"side":"\#(side)","object":"Opportunity","id":"\#(id)","delete":true}"#)
      return side == "salesforce" ? "deletes an opportunity" : "deletes a referral"
    }

    private func moveStage(_ event: Event, _ id: String?) throws -> String {
      let stages = ["Negotiation", "Co-sell Active", "Closed Won", "Closed Lost"]
      guard let id, let stage = world.dice.pick(event, of: stages, 6) else { return "nothing" }
      try edit(#"{"side":"salesforce","object":"Opportunity","id":"\#(id)","set":{"StageName":"\#(stage)"}}"#)
      return "moves a stage"
    }

    private func moveStatus(_ event: Event, _ id: String?) throws -> String {
      guard let id, let substatus = world.dice.pick(event, of: ["Won", "Lost"], 7) else { return "nothing" }
      try edit(
        #"{"side":"partner-center","id":"\#(id)","set":{"status":"Closed","substatus":"\#(substatus)"}}"#)
      return "closes a referral"
    }

    // MARK: Values

    /// A side of a value: each writes it in its own way.
    private enum Dress { case partnerCenter, salesforce }

    private func fresh(_ field: TrackedField, _ dress: Dress) -> String { Self.value(field, dress, world.next()) }

    private static func value(_ field: TrackedField, _ dress: Dress, _ number: Int) -> String {
      switch field {
      case .name: "\"Deal v\(number)\""
      case .notes: "\"Note v\(number)\""
      case .value: "\(1000 + number)"
      case .date: dress == .salesforce ? "\"\(day(number))\"" : "\"\(day(number))T00:00:00Z\""
      }
    }

    /// A day of its own for each number.
    private static func day(_ number: Int) -> String {
      let year = 2027 + number / 336
      let month = 1 + number % 336 / 28
      let day = 1 + number % 28
      return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    @discardableResult
    private func edit(_ body: String) throws -> String {
      let answer = try world.sandbox.answer("POST", "/_sandbox/edit", body: Array(body.utf8))
      guard answer.status == 200,
        let match = String(decoding: answer.body, as: UTF8.self).firstMatch(of: Self.id)
      else { return "" }
      return String(match.output.1)
    }

    // Compiled once; a regular expression does not change by being used.
    nonisolated(unsafe) private static let id = /"id":"([^"]+)"/
  }
}
