import Model
import Testing

@Suite struct PlanRowTests {
  private static let effect = Effect.patchReferral([PatchOperation(path: "/name", value: "\"A\"")])
  private static let toSalesforce = Effect.updateRecord(
    object: "Opportunity", id: "006000000000001AAA", fields: [FieldWrite("Name", "\"B\"")])

  private static func row(_ risk: Risk, effect: Effect?, choices: Change.Choices? = nil) -> PlanRow {
    PlanRow(
      seq: 1, key: PairKey(referralID: "r", opportunityID: "o"), name: "Deal",
      change: Change(
        .update, .toPartnerCenter, field: "Deal name",
        because: Change.Grounds(.changedInSalesforce, rule: "R82", risk: risk, "changed"), effect: effect,
        choices: choices, settles: ["Deal name": "A"]),
      versions: PlanRow.Versions())
  }

  private static let conflict = row(
    .conflict, effect: nil,
    choices: Change.Choices(
      partnerCenter: Change.Settlement(effect: toSalesforce, value: "B"),
      salesforce: Change.Settlement(effect: effect, value: "A")))

  @Test(arguments: [
    (Risk.normal, Decision.apply), (.irreversible, .hold), (.terminal, .hold), (.conflict, .hold),
  ])
  func aRowProposesByItsRisk(_ risk: Risk, decision: Decision) {
    let row = Self.row(risk, effect: Self.effect)
    #expect(row.decision == decision)
    #expect(row.outcome == .planned)
    #expect(row.answer == PlanRow.Answer())
  }

  @Test(arguments: [
    (Risk.normal, [Decision.apply, .hold, .reject]), (.irreversible, [.apply, .hold, .reject]),
    (.terminal, [.apply, .hold, .reject]), (.conflict, [.hold, .reject, .partnerCenter, .salesforce]),
  ])
  func aDecisionIsAllowedByTheRisk(_ risk: Risk, decisions: [Decision]) {
    #expect(Set(Decision.allowed(for: risk)) == Set(decisions))
    #expect(decisions.contains(risk.proposal))
  }

  @Test(arguments: [
    (Decision.apply, true), (.partnerCenter, true), (.salesforce, true), (.hold, false), (.reject, false),
  ])
  func aDecisionWritesOrNot(_ decision: Decision, writes: Bool) {
    #expect(decision.writes == writes)
  }

  @Test(arguments: [
    (Decision.apply, Optional(effect), ["Deal name": "A"]), (.hold, nil, [:]), (.reject, nil, [:]),
    (.partnerCenter, nil, [:]), (.salesforce, nil, [:]),
  ])
  func whatAnOrdinaryRowSends(_ decision: Decision, effect: Effect?, settles: [String: String]) {
    var row = Self.row(.normal, effect: Self.effect)
    row.decision = decision
    #expect(row.settlement?.effect == effect)
    #expect(row.settlement?.settles ?? [:] == settles)
  }

  @Test(
    "R115: a conflict sends what was chosen and settles on its value",
    arguments: [
      (Decision.partnerCenter, Optional(toSalesforce), ["Deal name": "B"]),
      (.salesforce, effect, ["Deal name": "A"]), (.hold, nil, [:]), (.reject, nil, [:]), (.apply, nil, [:]),
    ])
  func whatAConflictSends(_ decision: Decision, effect: Effect?, settles: [String: String]) {
    var row = Self.conflict
    row.decision = decision
    #expect(row.settlement?.effect == effect)
    #expect(row.settlement?.settles ?? [:] == settles)
  }

  @Test("R65: a choice that a side cannot take sends nothing")
  func closedChoice() {
    var row = Self.row(
      .conflict, effect: nil,
      choices: Change.Choices(
        partnerCenter: Change.Settlement(effect: Self.toSalesforce, value: "B"), salesforce: nil))
    row.decision = .salesforce
    #expect(row.settlement == nil)
  }
}
