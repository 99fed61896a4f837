import Foundation
import JSON
import Model

/// The rows that bring status and stage of a pair together.
struct StatusRows {
  let mapping: Mapping
  let referral: Record
  let opportunity: Record
  let category: Category
  let now: Date?

  /// The row of one move, in the order of the table.
  func row(_ move: StatusMove) -> Change {
    switch move {
    case .accept:
      patch(
        .accept, "Active", "Accepted", closes: false,
        Change.Grounds(
          .leftOnHoldStage, rule: "R58", risk: .irreversible,
          "the opportunity left the on-hold stage: the referral is accepted; cannot be taken back"))
    case .decline:
      patch(
        .decline, "Closed", "Declined", closes: true,
        Change.Grounds(
          .closedInSalesforce, rule: "R61", risk: .terminal,
          "lost before it was accepted: the referral is declined for good"))
    case .winReferral:
      patch(
        .closeWon, "Closed", "Won", closes: true,
        Change.Grounds(
          .closedInSalesforce, rule: registration == nil ? "R67" : "R67 R70", risk: .terminal,
          "won in Salesforce: closed for good" + (registration ?? "")))
    case .loseReferral:
      patch(
        .closeLost, "Closed", "Lost", closes: true,
        Change.Grounds(.closedInSalesforce, rule: "R67", risk: .terminal, "lost in Salesforce: closed for good"))
    case .activateOpportunity:
      stage(
        .update, mapping.stage("Active", "Accepted"), "open",
        Change.Grounds(.acceptedInPartnerCenter, rule: "R44", "accepted in Partner Center"))
    case .winOpportunity:
      stage(
        .closeWon, mapping.stage("Closed", "Won"), "closed",
        Change.Grounds(.closedInPartnerCenter, rule: "R69", "won in Partner Center"))
    case .loseOpportunity:
      stage(
        .closeLost, mapping.stage("Closed", referral["substatus"]), "closed",
        Change.Grounds(
          .closedInPartnerCenter, rule: "R69", "\(referral["substatus"].lowercased()) in Partner Center"))
    }
  }

  /// What is lost by closing a deal as won too early (R70); nil when nothing is.
  private var registration: String? {
    Deadlines(referral: referral, now: now).registration(of: category).map {
      "; created less than 72 hours ago: won before \(Timestamp.iso($0)) it cannot be registered for incentives"
    }
  }

  /// The label under which the base remembers whether the pair was open or closed.
  static let stageLabel = "Stage"

  /// Status and sub-status in one document, with the reason where one is due (R59, R60, R68).
  private func patch(
    _ action: Action, _ status: String, _ substatus: String, closes: Bool, _ grounds: Change.Grounds
  ) -> Change {
    var operations = [
      PatchOperation(path: "/status", value: JSONValue.string(status).text),
      PatchOperation(path: "/substatus", value: JSONValue.string(substatus).text),
    ]
    if action == .decline || action == .closeLost {
      operations.append(PatchOperation(path: "/statusReason", value: JSONValue.string(reason(action)).text))
    }
    let now = [referral["status"], referral["substatus"]].filter { !$0.isEmpty }.joined(separator: "/")
    return Change(
      action, .toPartnerCenter, field: "Status",
      values: Change.Values(partnerCenter: now, salesforce: opportunity["StageName"], new: "\(status)/\(substatus)"),
      because: grounds, effect: .patchReferral(operations),
      settles: [Self.stageLabel: closes ? "closed" : "open"])
  }

  private func stage(_ action: Action, _ stage: String, _ settled: String, _ grounds: Change.Grounds) -> Change {
    let now = [referral["status"], referral["substatus"]].filter { !$0.isEmpty }.joined(separator: "/")
    return Change(
      action, .toSalesforce, field: "Stage",
      values: Change.Values(partnerCenter: now, salesforce: opportunity["StageName"], new: stage), because: grounds,
      effect: .updateRecord(
        object: "Opportunity", id: opportunity.id,
        fields: [FieldWrite("StageName", JSONValue.string(stage).text)]),
      settles: [Self.stageLabel: settled])
  }

  /// Why a deal was lost or declined: the mapped field of Salesforce, else the setting.
  private func reason(_ action: Action) -> String {
    let rule = mapping.field(.lossReason)
    if let column = rule.salesforceField?.column, !opportunity[column].isEmpty {
      let value = try? rule.transform.read(opportunity[column], from: .salesforce)
      return value?.text ?? opportunity[column]
    }
    return action == .decline ? mapping.settings.declinedReason : mapping.settings.lostReason
  }
}

extension Mapping {
  /// The stage that a status sets: the stage table's, else the setting's (R43, R44, R69).
  func stage(_ status: String, _ substatus: String) -> String {
    if let stage = stages.stage(status: status, substatus: substatus) { return stage }
    return switch ReferralState(status: status, substatus: substatus) {
    case .new: settings.onHoldStage
    case .active, .unknown: settings.activeStage
    case .won: settings.closedWonStage
    case .lost, .declined, .expired: settings.closedLostStage
    }
  }
}
