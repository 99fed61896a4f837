import Foundation
import JSON
import Ledger
import Load
import Model
import Wire

/// A plan in a ledger of its own, and the world that it is applied to.
final class Scenario {
  static let referral = "11111111-1111-1111-1111-111111111111"
  static let opportunity = "006000000000001AAA"
  static let account = "001000000000001AAA"
  static let pair = PairKey(referralID: referral, opportunityID: opportunity)

  let world: FakeWorld
  let ledger: LedgerFile
  let folder: URL
  let run: RunID
  var shouldStop: () -> Bool = { false }
  var writeGuard = WriteGuard.conditional
  /// How many pairs are under way at a time.
  var width = 1

  /// Stores a plan whose versions are those of the world as it is.
  init(_ world: FakeWorld, _ changes: [(PairKey, Change)]) throws {
    self.world = world
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("load-\(UUID().uuidString)")
    run = try Self.unwrap(RunID("20261102T080000Z-abcd"))
    ledger = try LedgerFile(at: folder.appendingPathComponent("ledger.sqlite").path)
    try ledger.write { transaction in
      try transaction.beginTouching()
      let number = try transaction.openRun(
        run, kind: "plan", started: "2026-11-02T08:00:00Z", mapping: "mapping-digest")
      for (index, entry) in changes.enumerated() {
        let (key, change) = entry
        if !key.referralID.isEmpty, !key.opportunityID.isEmpty {
          try transaction.link(key.referralID, key.opportunityID, run: number)
        }
        let versions = PlanRow.Versions(
          referral: world.eTag(key.referralID), opportunity: world.stamp(key.opportunityID),
          account: world.stamp(Self.account))
        let verdict = Verdict(
          key, .changes, Verdict.Face(name: "Fabrikam"), code: change.code, reason: change.reason, changes: [change],
          isSettled: false)
        try transaction.propose(change, phase: index, of: verdict, versions: versions)
      }
      try transaction.numberProposals(of: number)
      try transaction.sealRun(number, snapshots: [:])
    }
  }

  /// The same run over a ledger file that was left behind by a death.
  init(_ world: FakeWorld, ledgerAt path: String, run: RunID) throws {
    self.world = world
    self.run = run
    ledger = try LedgerFile(at: path)
    folder = URL(fileURLWithPath: path).deletingLastPathComponent()
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  var applier: Applier {
    var policy = RetryPolicy()
    policy.attempts = 1
    let wire = RetryingTransport(world, policy: policy)
    let redaction = Redaction()
    let partnerCenter = PartnerCenterClient(
      transport: wire, tokens: OpenDoor("https://pc.example"), redaction: redaction)
    let salesforce = SalesforceClient(
      transport: wire, session: OpenDoor("https://sf.example"), redaction: redaction, apiVersion: "62.0")
    salesforce.bulkWriteThreshold = .max
    var context = ApplyContext(ledger: ledger, partnerCenter: partnerCenter, salesforce: salesforce)
    context.now = { Date(timeIntervalSince1970: 1_793_606_400) }
    context.shouldStop = shouldStop
    context.writeGuard = writeGuard
    context.lanes = Lanes(.inTurn, width: width)
    return Applier(context, run: run)
  }

  func apply(_ decisions: [Int: Decision] = [:]) throws -> ApplyResult { try applier.apply(decisions) }

  func resume() throws -> ApplyResult { try applier.resume() }

  func rows() throws -> [PlanRow] {
    try ledger.read { transaction in
      var rows: [PlanRow] = []
      try transaction.eachRow(of: 1) { rows.append($0) }
      return rows
    }
  }

  func outcomes() throws -> [Outcome] { try rows().map(\.outcome) }

  func codes() throws -> [Code?] { try rows().map(\.answer.code) }

  func base(_ referral: String = referral) throws -> Base { try ledger.read { try $0.base(of: referral) } }

  func entry() throws -> RunEntry { try Self.unwrap(try ledger.read { try $0.run(run) }) }

  struct Missing: Error {}

  static func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
  }
}

extension FakeWorld {
  /// One linked pair, both sides alike.
  static func pair() -> FakeWorld {
    let world = FakeWorld()
    world.referrals[Scenario.referral] = [
      "id": .string(Scenario.referral), "engagementId": "engagement", "name": "Fabrikam", "status": "New",
      "substatus": "Received", "details": ["dealValue": 100, "notes": "old"],
    ]
    world.editReferral(Scenario.referral, "/externalReferenceId", .string(Scenario.opportunity))
    world.add("Account", Scenario.account, ["Name": "Fabrikam", "BillingPostalCode": "10115"])
    world.add(
      "Opportunity", Scenario.opportunity,
      ["Name": "Fabrikam", "AccountId": .string(Scenario.account), "Amount": 100, "Audit__c": .null])
    return world
  }
}

/// Rows of plans.
enum Rows {
  /// A value to Partner Center.
  static func toPartnerCenter(
    _ field: String, _ path: String, _ value: JSONValue, action: Action = .update, risk: Risk = .normal
  ) -> Change {
    Change(
      action, .toPartnerCenter, field: field,
      values: Change.Values(base: "old", salesforce: value.text, new: value.text),
      because: Change.Grounds(.changedInSalesforce, rule: "R80", risk: risk, "changed in Salesforce"),
      effect: .patchReferral([PatchOperation(path: path, value: value.text)]), settles: [field: value.text])
  }

  /// A value to Salesforce.
  static func toSalesforce(
    _ field: String, _ name: String, _ value: JSONValue, object: String = "Opportunity",
    id: String = Scenario.opportunity
  ) -> Change {
    Change(
      .update, .toSalesforce, field: field,
      values: Change.Values(base: "old", partnerCenter: value.text, new: value.text),
      because: Change.Grounds(.changedInPartnerCenter, rule: "R80", "changed in Partner Center"),
      effect: .updateRecord(object: object, id: id, fields: [FieldWrite(name, value.text)]),
      settles: [field: value.text])
  }

  /// Status and substatus in one document.
  static func status(_ action: Action, _ status: String, _ substatus: String, risk: Risk = .normal) -> Change {
    Change(
      action, .toPartnerCenter, field: "Stage", values: Change.Values(new: "\(status)/\(substatus)"),
      because: Change.Grounds(.acceptedInPartnerCenter, rule: "R58", risk: risk, "moved"),
      effect: .patchReferral([
        PatchOperation(path: "/status", value: JSONValue.string(status).text),
        PatchOperation(path: "/substatus", value: JSONValue.string(substatus).text),
      ]), settles: ["Stage": substatus])
  }

  static func mark(_ name: String = "Fabrikam", nameField: String? = "Name", audit: String? = "Audit__c") -> Change {
    Change(
      .mark, .toSalesforce, field: "Sync mark",
      because: Change.Grounds(.syncMark, rule: "R102 R106", "tells what became of the rows above"),
      effect: .mark(MarkDraft(nameField: nameField, name: name, auditField: audit)))
  }

  static func conflict() -> Change {
    let toSalesforce = Change.Settlement(
      effect: .updateRecord(object: "Opportunity", id: Scenario.opportunity, fields: [FieldWrite("Amount", "7")]),
      value: "7")
    let toPartnerCenter = Change.Settlement(
      effect: .patchReferral([PatchOperation(path: "/details/dealValue", value: "9")]), value: "9")
    return Change(
      .conflict, .toSalesforce, field: "Deal value",
      values: Change.Values(base: "100", partnerCenter: "7", salesforce: "9"),
      because: Change.Grounds(.conflict, rule: "R115", risk: .conflict, "changed on both sides"), effect: nil,
      choices: Change.Choices(partnerCenter: toSalesforce, salesforce: toPartnerCenter))
  }

  /// Everything that a referral without an opportunity gives rise to.
  static func newOpportunity(_ referral: String = Scenario.referral, account: OpportunityDraft.Account) -> [Change] {
    let grounds = Change.Grounds(.newFromPartnerCenter, rule: "R44", "no opportunity belongs to the referral")
    let draft = OpportunityDraft(
      account: account, keyField: "Referral_Identifier__c", key: referral,
      fields: [FieldWrite("Name", #""Fabrikam""#), FieldWrite("StageName", #""Prospecting""#)])
    let contact = ContactDraft(
      existing: nil, fields: [FieldWrite("LastName", #""Zeller""#), FieldWrite("Email", #""z@fabrikam.example""#)],
      isPrimary: true)
    let solution = SolutionDraft(
      existing: nil,
      fields: [FieldWrite("Name", #""Backup""#), FieldWrite("Solution_Identifier__c", #""SOL-1""#)])
    return [
      Change(
        .createOpportunity, .toSalesforce, because: grounds, effect: .createOpportunity(draft),
        settles: ["Deal name": "Fabrikam"]),
      Change(.addContact, .toSalesforce, because: grounds, effect: .addContact(contact)),
      Change(.addSolution, .toSalesforce, because: grounds, effect: .addSolution(solution)),
      Change(.link, .toPartnerCenter, because: grounds, effect: .recordOpportunity),
      Change(
        .update, .toSalesforce, field: "Sync", because: grounds,
        effect: .updateRecord(
          object: "Opportunity", id: "", fields: [FieldWrite("Sync_With_Partner_Center__c", "true")])),
      mark(),
    ]
  }

  /// Everything that an opportunity without a referral gives rise to.
  static func newReferral(connected: Bool) -> [Change] {
    let grounds = Change.Grounds(.newFromSalesforce, rule: "R24", "ticked and not shared yet")
    let draft = ReferralDraft(
      body: JSONValue.object([
        JSONMember("name", "Fabrikam"), JSONMember("externalReferenceId", .string(Scenario.opportunity)),
      ]).text,
      connected: connected ? #"{"name":"Fabrikam","status":"New"}"# : nil,
      externalReferenceID: Scenario.opportunity)
    return [
      Change(
        .createReferral, .toPartnerCenter, because: grounds, effect: .createReferral(draft),
        settles: ["Deal name": "Fabrikam"]),
      Change(
        .link, .toSalesforce, because: grounds,
        effect: .recordReferral(
          identifierField: "Referral_Identifier__c", linkField: "Referral_Link__c",
          linkAddress: "https://partner.example/{id}/view")),
      mark(),
    ]
  }
}
