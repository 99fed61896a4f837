import Foundation
import Model
import Testing

@testable import Transform

@Suite("The rows that take a run back")
struct UndoTableTests {
  private static let run = {
    var random = SystemRandomNumberGenerator()
    return RunID(date: Date(timeIntervalSince1970: 1_793_606_400), using: &random)
  }()

  /// A night: how the pair stood, what came up, what was written, what happened since.
  struct Night: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var settings: [Setting: String] = [:]
    var fields: [String: [String: String]] = [:]
    /// The pair as the run's snapshots held it.
    let then: @Sendable (inout Deal) -> Void
    var decision = Decision.apply
    /// What the run wrote, and what anybody changed after it.
    let since: @Sendable (inout Deal) -> Void
    let rows: [String]
  }

  private static func undo(
    _ night: Night, mapping: Mapping? = nil, editing edit: (inout WrittenRow) -> Void = { _ in }
  ) -> [Change] {
    var then = Deal()
    (then.settings, then.fields) = (night.settings, night.fields)
    night.then(&then)
    var now = then
    night.since(&now)
    let written = then.judged().changes.enumerated().map { index, change in
      var row = PlanRow(
        seq: index + 1, key: PairKey(referralID: Deal.referralID, opportunityID: Deal.opportunityID), name: "Northwind",
        change: change, versions: PlanRow.Versions())
      row.decision = change.action == .conflict ? night.decision : .apply
      row.outcome = .applied
      row.answer.status = 200
      var written = WrittenRow(row, of: Self.run)
      edit(&written)
      return written
    }
    #expect(!written.isEmpty)
    return UndoTable(
      mapping: mapping ?? Mappings.mapping(night.settings, night.fields), then: facts(then), now: facts(now)
    ).changes(for: written)
  }

  private static func facts(_ deal: Deal) -> PairFacts {
    PairFacts(
      referral: deal.referral.isEmpty ? nil : Deal.record(.referral, deal.referral),
      opportunity: deal.opportunity.isEmpty ? nil : Deal.record(.opportunity, deal.opportunity), base: deal.base)
  }

  // MARK: Plain values

  private static let values: [Night] = [
    Night(
      testDescription: "a number in Salesforce", then: { $0.referral["details.dealValue"] = "120000" },
      since: { $0.opportunity["Amount"] = "120000.0" },
      rows: ["update < Deal value R82 N144 normal: Opportunity.Amount = 100000"]),
    Night(
      testDescription: "a number in Partner Center", then: { $0.opportunity["Amount"] = "90000" },
      since: { $0.referral["details.dealValue"] = "90000" },
      rows: ["update > Deal value R82 N144 normal: /details/dealValue = 100000"]),
    Night(
      testDescription: "a moment keeps its hour",
      then: {
        $0.referral["details.closingDateTime"] = "2026-12-31T16:30:00Z"
        $0.opportunity["CloseDate"] = "2027-01-31"
      }, since: { $0.referral["details.closingDateTime"] = "2027-01-31T00:00:00Z" },
      rows: [#"update > Closing date R82 N144 normal: /details/closingDateTime = "2026-12-31T16:30:00Z""#]),
    Night(
      testDescription: "a day", then: { $0.referral["details.closingDateTime"] = "2027-01-31T00:00:00Z" },
      since: { $0.opportunity["CloseDate"] = "2027-01-31" },
      rows: [#"update < Closing date R82 N144 normal: Opportunity.CloseDate = "2026-12-31""#]),
    Night(
      testDescription: "a name keeps the mark that it had", then: { $0.referral["name"] = "Renamed" },
      since: { $0.opportunity["Name"] = "Renamed ✔" },
      rows: [#"update < Deal name R82 N144 normal: Opportunity.Name = "Northwind rollout ✔""#]),
    Night(
      testDescription: "a text that was empty",
      then: {
        $0.opportunity["Description"] = ""
        $0.base["Notes"] = nil
      }, since: { $0.opportunity["Description"] = "Phase one" },
      rows: ["update < Notes R82 N144 normal: Opportunity.Description = null"]),
    Night(
      testDescription: "a country keeps its spelling",
      fields: ["Customer account country code": ["to_salesforce": "always"]],
      then: {
        $0.opportunity["Account.BillingCountry"] = "Germany"
        $0.referral["customerProfile.address.country"] = "FR"
      }, since: { $0.opportunity["Account.BillingCountry"] = "FR" },
      rows: [#"update < Customer account country code R82 N144 normal: Account.BillingCountry = "Germany""#]),
    Night(
      testDescription: "R69: the stage of a deal that was won in Partner Center",
      then: { ($0.referral["status"], $0.referral["substatus"]) = ("Closed", "Won") },
      since: { $0.opportunity["StageName"] = "Closed Won" },
      rows: [#"update < Stage R69 N144 normal: Opportunity.StageName = "Co-sell Active""#]),
    Night(
      testDescription: "R115: a conflict whose value went to Salesforce",
      then: {
        $0.referral["details.dealValue"] = "1"
        $0.opportunity["Amount"] = "2"
      }, decision: .partnerCenter, since: { $0.opportunity["Amount"] = "1" },
      rows: ["update < Deal value R115 N144 normal: Opportunity.Amount = 2"]),
    Night(
      testDescription: "R115: a conflict whose value went to Partner Center",
      then: {
        $0.referral["details.dealValue"] = "1"
        $0.opportunity["Amount"] = "2"
      }, decision: .salesforce, since: { $0.referral["details.dealValue"] = "2" },
      rows: ["update > Deal value R115 N144 normal: /details/dealValue = 1"]),
  ]

  @Test("what stood there before is written again", arguments: values)
  func valueGoesBack(_ night: Night) {
    let changes = Self.undo(night)
    #expect(changes.filter { $0.action != .mark }.map(\.line) == night.rows)
    // The pair's mark tells of it.
    #expect(changes.last?.isFollowingMark == true)
  }

  @Test("the base goes back with the value, and the change that was taken back is remembered")
  func remembers() throws {
    let night = Self.values[0]
    let row = try #require(Self.undo(night).first)
    let undone = try #require(row.undoes)
    #expect((undone.run, undone.seq, undone.action, undone.field) == (Self.run.text, 1, .update, "Deal value"))
    #expect(undone.base == "100000")
    #expect(undone.fingerprint == ["120000", "100000", "120000"].joined(separator: "\u{1F}"))
    #expect(row.base == "100000" && row.salesforce == "120000" && row.new == "100000")
    #expect(row.partnerCenter == "120000")
    #expect(row.settles.isEmpty, "an undo moves no base but the one that it puts back")
  }

  // MARK: What is in the way

  private static let amount = "update < Deal value R82"
  private static let obstacles = [
    obstacle("edited since", "E732") { $0.opportunity["Amount"] = "7" },
    obstacle("set back by hand", "N146") { $0.opportunity["Amount"] = "100000" },
    obstacle("the opportunity is gone", "E733") { $0.opportunity = [:] },
    obstacle("another opportunity", "E733") { $0.opportunity["Id"] = "006000000000009AAA" },
    obstacle("the column is not read any more", "E733") { $0.opportunity["Amount"] = nil },
    obstacle("a text that is no number", "E733") { $0.opportunity["Amount"] = "much" },
  ]

  private static func obstacle(
    _ name: String, _ code: String, since: @escaping @Sendable (inout Deal) -> Void
  ) -> Night {
    Night(
      testDescription: name, then: { $0.referral["details.dealValue"] = "120000" }, since: since,
      rows: ["\(amount) \(code) normal: nothing"])
  }

  @Test("a value that is not the run's any more stays, and the row says why", arguments: obstacles)
  func isInTheWay(_ night: Night) {
    let changes = Self.undo(night)
    #expect(changes.filter { $0.action != .mark }.map(\.line) == night.rows)
    #expect(changes.allSatisfy { $0.proposal == .hold && $0.effect == nil }, "there is nothing to mark either")
  }

  @Test("a value that somebody edited is named beside the run's")
  func namesBoth() {
    let reason = Self.undo(Self.obstacles[0]).first?.reason ?? ""
    #expect(reason.contains("\"120000\"") && reason.contains("\"7\"") && reason.contains("row 1 of \(Self.run)"))
  }

  @Test("R65: nothing is written to a referral that was closed since")
  func closedReferral() {
    let night = Night(
      testDescription: "", then: { $0.opportunity["Amount"] = "90000" },
      since: {
        $0.referral["details.dealValue"] = "90000"
        ($0.referral["status"], $0.referral["substatus"]) = ("Closed", "Lost")
      }, rows: [])
    #expect(Self.undo(night).first?.line == "update > Deal value R82 E733 normal: nothing")
  }

  @Test("a value of a referral that is not in the snapshot any more stays")
  func goneReferral() {
    let night = Night(
      testDescription: "", then: { $0.opportunity["Amount"] = "90000" }, since: { $0.referral = [:] }, rows: [])
    let row = Self.undo(night).first
    #expect(row?.line == "update > Deal value R82 E733 normal: nothing")
    #expect(row?.reason.contains("the referral is not in the snapshot any more") == true)
  }

  @Test("R69 R29: a stage tells the status beside it, and a value that Salesforce calculates by now is not written")
  func stageAndFormula() throws {
    let stage = try #require(Self.values.first { $0.testDescription.hasPrefix("R69") })
    #expect(Self.undo(stage).first?.partnerCenter == "Closed/Won")
    let formula = Mappings.mapping([.calculatedDealValue: "Yes"])
    #expect(Self.undo(Self.values[0], mapping: formula).first?.code == .undoBlocked)
  }

  @Test(
    "a field that the mapping does not write any more stays",
    arguments: [
      ["salesforce_field": ""], ["salesforce_field": "Opportunity.Other__c"], ["to_salesforce": "create"],
      ["to_salesforce": "never"],
    ])
  func mappingChanged(_ cells: [String: String]) {
    let today = Mappings.mapping([:], ["Notes": cells])
    let night = Night(
      testDescription: "", then: { $0.referral["details.notes"] = "New" },
      since: {
        $0.opportunity["Description"] = "New"
        $0.opportunity["Other__c"] = "New"
      }, rows: [])
    #expect(Self.undo(night, mapping: today).first?.line == "update < Notes R82 E733 normal: nothing")
  }

  @Test("an account that the opportunity left is not written")
  func otherAccount() throws {
    let base = try #require(Self.values.first { $0.testDescription == "a country keeps its spelling" })
    let night = Night(
      testDescription: "", fields: base.fields, then: base.then,
      since: {
        $0.opportunity["Account.BillingCountry"] = "FR"
        $0.opportunity["AccountId"] = "001000000000002AAA"
      }, rows: [])
    #expect(Self.undo(night).first?.line == "update < Customer account country code R82 E733 normal: nothing")
  }

  @Test("whether a value that is in doubt was written is seen in the record; anything else in doubt is told")
  func inDoubt() {
    let night = Self.values[0]
    #expect(Self.undo(night) { $0.isInDoubt = true }.first?.line == night.rows.first)
    let unwritten = Night(testDescription: "", then: night.then, since: { _ in }, rows: [])
    #expect(Self.undo(unwritten) { $0.isInDoubt = true }.first?.code == .takenBackAlready)
    let list = Night(
      testDescription: "", then: { $0.referral["details.requirements.solutions"] = Self.elements("," + Self.second) },
      since: { _ in }, rows: [])
    #expect(Self.undo(list) { $0.isInDoubt = true }.first?.code == .undoBlocked)
  }

  @Test("a row that was undone before, or failed half-way, is told and not written")
  func outcomes() {
    let night = Self.values[0]
    #expect(Self.undo(night) { $0.isTakenBack = true }.map(\.code) == [.takenBackAlready, .takenBackAlready])
    // The mark was taken back with another row of the pair: it tells of this one all the same.
    let rest = Self.undo(night) { $0.isTakenBack = $0.row.change.action == .mark }
    #expect(rest.map(\.code) == [.takenBack, .takenBack])
    let failed = Self.undo(night) { written in
      var row = written.row
      row.outcome = .failed
      written = WrittenRow(row, of: Self.run)
      written.made = [MadeRecord("account", id: "001")]
    }
    #expect(failed.first?.code == .leftByHand && failed.first?.reason.contains("account 001") == true)
  }

  // MARK: Everything else

  @Test(
    "every action has exactly one row, and what makes or closes something is left to a person",
    arguments: Action.allCases)
  func everyAction(_ action: Action) throws {
    for direction in [ChangeDirection.toSalesforce, .toPartnerCenter] {
      let effect = Effect.patchReferral([
        PatchOperation(path: "/status", value: #""Closed""#), PatchOperation(path: "/substatus", value: #""Won""#),
      ])
      var row = PlanRow(
        seq: 4, key: PairKey(referralID: Deal.referralID), name: "",
        change: Change(
          action, direction, field: "Some field",
          because: Change.Grounds(.newFromPartnerCenter, rule: "R2", risk: .irreversible, ""), effect: effect),
        versions: PlanRow.Versions())
      row.decision = .apply
      row.outcome = .applied
      let changes = UndoTable(mapping: Mappings.mapping(), then: Self.facts(Deal()), now: Self.facts(Deal()))
        .changes(for: [WrittenRow(row, of: Self.run)])
      #expect(changes.count == 1)
      let change = try #require(changes.first)
      #expect(change.effect == nil && change.choices == nil && change.proposal == .hold && !change.reason.isEmpty)
      #expect(change.risk == .irreversible && change.undoes?.seq == 4)
      #expect(change.action == (action == .conflict ? .update : action))
    }
  }

  @Test("what belongs to a record that the run made stays with it")
  func madeByTheRun() {
    let night = Self.values[0]
    var first = true
    let changes = Self.undo(night) { written in
      guard first else { return }
      first = false
      let change = Change(
        .createOpportunity, .toSalesforce, because: Change.Grounds(.newFromPartnerCenter, rule: "R2", ""),
        effect: .recordLead)
      var row = PlanRow(seq: 1, key: written.row.key, name: "", change: change, versions: PlanRow.Versions())
      row.outcome = .applied
      written = WrittenRow(row, of: Self.run)
      written.made = [MadeRecord("opportunity", id: Deal.opportunityID)]
    }
    #expect(changes.map(\.code) == [.leftByHand, .leftByHand])
    #expect(changes.first?.reason.contains("opportunity \(Deal.opportunityID)") == true)
  }

  // MARK: Solutions (R93)

  private static let second = #"{"id":"SOL-2","name":"Care plan","solutionType":"3P","rank":7}"#
  private static func lines(_ second: String = "") -> String {
    String(Deal.solutionsInSalesforce.dropLast()) + second + "]"
  }
  private static func elements(_ second: String = "") -> String {
    String(Deal.solutionsInPartnerCenter.dropLast()) + second + "]"
  }
  private static let line = "a02000000000002AAA"

  @Test("R93: a solution line that the run added goes, one of somebody else stays")
  func addedLine() {
    let night = Night(
      testDescription: "", then: { $0.referral["details.requirements.solutions"] = Self.elements("," + Self.second) },
      since: {
        $0.opportunity["Opportunity_To_Microsoft_Solutions__r"] = Self.lines(
          #",{"id":"SOL-2","line":"\#(Self.line)","name":"Care plan"}"#)
      }, rows: [])
    let mine = Self.undo(night) { $0.made = [MadeRecord("Microsoft_Solutions__c", id: Self.line)] }
    #expect(mine.first?.line == "remove-solution < Solution sol-2 R51 N144 normal: \(Self.line) goes")
    #expect(mine.first?.undoes?.base == nil)
    #expect(Self.undo(night).first?.code == .editedSince)
    let found = Self.undo(night) { written in
      var row = written.row
      row.answer.status = nil
      let made = [MadeRecord("Microsoft_Solutions__c", id: Self.line)]
      written = WrittenRow(row, of: Self.run)
      written.made = made
    }
    #expect(found.first?.code == .undoBlocked, "it was there before the run")
  }

  @Test("R93: a solution that the run appended to a referral goes, unless it is the last")
  func addedElement() {
    func night(_ now: String) -> Night {
      Night(
        testDescription: "",
        then: {
          $0.opportunity["Opportunity_To_Microsoft_Solutions__r"] = Self.lines(
            #",{"id":"SOL-2","line":"a02","name":"Care plan"}"#)
        }, since: { $0.referral["details.requirements.solutions"] = now }, rows: [])
    }
    #expect(
      Self.undo(night(Self.elements("," + Self.second))).first?.line
        == #"remove-solution > Solution sol-2 R93 N144 normal: /details/requirements/solutions without {"id":"SOL-2"}"#)
    #expect(Self.undo(night("[\(Self.second)]")).first?.code == .undoBlocked)
    #expect(Self.undo(night(Self.elements())).first?.code == .takenBackAlready)
  }

  @Test("R93: a solution of a record that is gone or closed, or that came twice or back already, stays as it is")
  func solutionsAreStuck() {
    func added(_ since: @escaping @Sendable (inout Deal) -> Void) -> Code? {
      let night = Night(
        testDescription: "", then: { $0.referral["details.requirements.solutions"] = Self.elements("," + Self.second) },
        since: since, rows: [])
      return Self.undo(night) { $0.made = [MadeRecord("Microsoft_Solutions__c", id: Self.line)] }.first?.code
    }
    let mine = #",{"id":"SOL-2","line":"\#(Self.line)","name":"Care plan"}"#
    #expect(added { $0.opportunity = [:] } == .undoBlocked)
    #expect(added { $0.opportunity["Opportunity_To_Microsoft_Solutions__r"] = Self.lines(mine + mine) } == .editedSince)

    func removed(_ since: @escaping @Sendable (inout Deal) -> Void) -> Code? {
      let night = Night(
        testDescription: "",
        then: {
          $0.referral["details.requirements.solutions"] = Self.elements("," + Self.second)
          $0.base["Solution sol-2"] = "yes"
        }, since: since, rows: [])
      return Self.undo(night).first?.code
    }
    #expect(removed { _ in } == .takenBackAlready)
    #expect(removed { $0.referral = [:] } == .undoBlocked)
    #expect(
      removed { deal in
        deal.referral["details.requirements.solutions"] = Self.elements()
        (deal.referral["status"], deal.referral["substatus"]) = ("Closed", "Lost")
      } == .undoBlocked)
  }

  @Test("R93 R100: a solution that the run took off a referral comes back as it was")
  func removedElement() {
    let night = Night(
      testDescription: "",
      then: {
        $0.referral["details.requirements.solutions"] = Self.elements("," + Self.second)
        $0.base["Solution sol-2"] = "yes"
      }, since: { $0.referral["details.requirements.solutions"] = Self.elements() }, rows: [])
    let row = Self.undo(night).first
    #expect(
      row?.line == "add-solution > Solution sol-2 R93 N144 normal: /details/requirements/solutions/- = \(Self.second)")
    #expect(row?.undoes?.base == "yes")
  }

  // MARK: Undo of an undo

  @Test("what an undo wrote is taken back like any other row")
  func undoOfUndo() throws {
    var then = Deal()
    then.referral["details.dealValue"] = "120000"
    then.opportunity["Amount"] = "120000"
    then.base["Deal value"] = "120000"
    var former = PlanRow(
      seq: 3, key: PairKey(referralID: Deal.referralID, opportunityID: Deal.opportunityID), name: "",
      change: try #require(Self.undo(Self.values[0]).first), versions: PlanRow.Versions())
    former.outcome = .applied
    var now = then
    now.opportunity["Amount"] = "100000"
    now.base["Deal value"] = "100000"
    let changes = UndoTable(mapping: Mappings.mapping(), then: Self.facts(then), now: Self.facts(now))
      .changes(for: [WrittenRow(former, of: Self.run)])
    #expect(changes.map(\.line) == ["update < Deal value R82 N144 normal: Opportunity.Amount = 120000"])
  }
}
