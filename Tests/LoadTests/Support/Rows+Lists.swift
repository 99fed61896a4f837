import JSON
import Model

extension FakeWorld {
  /// A linked pair whose lists are not empty: two solutions each, of which one has two lines, and no team at all.
  static func pairWithLists() -> FakeWorld {
    let world = pair()
    world.editReferral(
      Scenario.referral, "/details/requirements",
      ["solutions": [["id": "SOL-1", "name": "Kit"], ["id": "SOL-2", "ownWord": 7]]])
    let parent = JSONValue.string(Scenario.opportunity)
    for number in 1...3 {
      world.add("Microsoft_Solutions__c", "a0000000000000\(number)AAA", ["Opportunity__c": parent])
    }
    return world
  }
}

extension Rows {
  static let solutions = "/details/requirements/solutions"

  private static func grounds(_ code: Code) -> Change.Grounds { Change.Grounds(code, rule: "R93", "lists differ") }

  static func addSolution(_ id: String) -> Change {
    Change(
      .addSolution, .toPartnerCenter, field: "Solution \(id)", because: grounds(.solutionOfOpportunity),
      effect: .patchReferral([PatchOperation(.add, path: solutions + "/-", value: #"{"id":"\#(id)"}"#)]),
      settles: ["Solution \(id)": "yes"])
  }

  static func removeSolution(_ id: String) -> Change {
    Change(
      .removeSolution, .toPartnerCenter, field: "Solution \(id)", because: grounds(.solutionRemoved),
      effect: .patchReferral([PatchOperation(.without, path: solutions, value: #"{"id":"\#(id)"}"#)]),
      settles: ["Solution \(id)": ""])
  }

  static func addMember(_ email: String) -> Change {
    Change(
      .addTeamMember, .toPartnerCenter, field: "Team \(email)", because: grounds(.teamMember),
      effect: .patchReferral([PatchOperation(.add, path: "/team/-", value: #"{"email":"\#(email)"}"#)]),
      settles: ["Team \(email)": "yes"])
  }

  static func addLine(_ id: String) -> Change {
    let draft = SolutionDraft(existing: nil, fields: [FieldWrite("Solution_Identifier__c", #""\#(id)""#)])
    return Change(
      .addSolution, .toSalesforce, field: "Solution \(id)", because: grounds(.solutionOfReferral),
      effect: .addSolution(draft), settles: ["Solution \(id)": "yes"])
  }

  static func removeLines(_ lines: [String]) -> Change {
    Change(
      .removeSolution, .toSalesforce, field: "Solution gone", because: grounds(.solutionRemoved),
      effect: .removeSolution(lines: lines), settles: ["Solution gone": ""])
  }

  static func addUser() -> Change {
    Change(
      .addTeamMember, .toSalesforce, field: "Team kim", because: grounds(.teamMember),
      effect: .addTeamMember(user: "005000000000001AAA"), settles: ["Team kim": "yes"])
  }

  static func help() -> Change {
    let draft = HelpDraft(
      operations: [PatchOperation(path: "/consent/consentToShareReferralWithMicrosoftSellers", value: "true")],
      connected: #"{"name":"Fabrikam","status":"New"}"#, engagementID: "engagement")
    return Change(
      .requestHelp, .toPartnerCenter, field: "Help", because: grounds(.changedInSalesforce),
      effect: .requestHelp(draft),
      settles: ["Help": "Workload"])
  }

  static func newLead() -> [Change] {
    let draft = LeadDraft(
      keyField: "Referral_Identifier__c", key: Scenario.referral, fields: [FieldWrite("LastName", #""Zeller""#)])
    return [
      Change(.createLead, .toSalesforce, because: grounds(.newFromPartnerCenter), effect: .createLead(draft)),
      Change(.link, .toPartnerCenter, because: grounds(.newFromPartnerCenter), effect: .recordLead),
    ]
  }

  static func note(_ text: String = "to be noted") -> Change {
    Change(
      .addNote, .toSalesforce, field: "Notes", because: grounds(.noteOfReferral),
      effect: .addNote(NoteDraft(title: "Fabrikam 1", text: text)), settles: ["Notes": text])
  }
}
