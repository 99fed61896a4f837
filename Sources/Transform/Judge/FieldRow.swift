import Foundation
import Model

/// One field of a pair on its way to a row of the plan.
struct FieldRow {
  let rule: FieldRule
  let routes: FieldRoutes
  let referral: Record
  let opportunity: Record
  let base: String
  let partnerCenter: Value
  let salesforce: Value
  let ridesWithAccept: Bool

  /// A row that writes `value` over `old`, unless emptying is not wanted (R98).
  func write(
    _ value: Value, over old: Value, _ direction: ChangeDirection, _ code: Code, into result: inout FieldMerge.Result
  ) {
    if value.isNone {
      switch rule.onEmpty {
      case .keep:
        result.notes.append(
          (.keptEmptyValue, "\(rule.label) is empty in \(direction.target.opposite.title) and is kept"))
        return
      case .refuse:
        result.notes.append((.emptyRefused, "\(rule.label) is empty in \(direction.target.opposite.title)"))
        return
      case .clear: break
      }
    }
    guard let effect = effect(value, direction) else {
      result.notes.append((.lockedField, rule.label))
      return
    }
    result.changes.append(
      Change(
        action(direction), direction, field: rule.label, values: values(new: value), because: grounds(direction, code),
        effect: effect, settles: [rule.label: value.text]))
  }

  /// A row for a person, or the policy's choice (R115).
  func conflict(_ code: Code, into result: inout FieldMerge.Result) {
    switch rule.onConflict {
    case .hold: break
    case .partnerCenter:
      return write(partnerCenter, over: salesforce, .toSalesforce, .policyDecided, into: &result)
    case .salesforce:
      return write(salesforce, over: partnerCenter, .toPartnerCenter, .policyDecided, into: &result)
    case .newest:
      let isNewer =
        Timestamp.parse(referral["updatedDateTime"]) ?? .distantPast
        >= Timestamp.parse(opportunity["LastModifiedDate"]) ?? .distantPast
      return isNewer
        ? write(partnerCenter, over: salesforce, .toSalesforce, .policyDecided, into: &result)
        : write(salesforce, over: partnerCenter, .toPartnerCenter, .policyDecided, into: &result)
    }
    let reason =
      code == .conflict
      ? "changed on both sides since they last agreed" : "the sides differ and nothing was agreed on yet"
    result.changes.append(
      Change(
        .conflict, .toSalesforce, field: rule.label, values: values(new: .none),
        because: Change.Grounds(code, rule: "R115", risk: .conflict, reason), effect: nil,
        choices: Change.Choices(
          partnerCenter: choice(partnerCenter, over: salesforce, .toSalesforce, routes.toSalesforce),
          salesforce: choice(salesforce, over: partnerCenter, .toPartnerCenter, routes.toPartnerCenter))))
  }

  /// What choosing a side's value would send; nil where that way is closed.
  private func choice(
    _ value: Value, over old: Value, _ direction: ChangeDirection, _ route: FieldRoutes.Route
  ) -> Change.Settlement? {
    guard route.permits(value, over: old), let effect = effect(value, direction) else { return nil }
    return Change.Settlement(effect: effect, value: value.text)
  }

  private func effect(_ value: Value, _ direction: ChangeDirection) -> Effect? {
    let writing = FieldWriting(rule: rule)
    return switch direction {
    case .toSalesforce: writing.intoSalesforce(value, opportunity: opportunity)
    case .toPartnerCenter: writing.intoPartnerCenter(value)
    }
  }

  private func values(new: Value) -> Change.Values {
    Change.Values(base: base, partnerCenter: partnerCenter.text, salesforce: salesforce.text, new: new.text)
  }

  private func action(_ direction: ChangeDirection) -> Action {
    switch (rule.reserved, direction) {
    case (.referralIdentifier, .toSalesforce), (.referralLink, .toSalesforce), (.crmIdentifier, .toPartnerCenter):
      .link
    case (.visibility, .toPartnerCenter): .raiseVisibility
    case (.microsoftHelp, .toPartnerCenter): .requestHelp
    default: .update
    }
  }

  private func grounds(_ direction: ChangeDirection, _ code: Code) -> Change.Grounds {
    let source = direction.target.opposite.title
    let reason: String =
      switch code {
      case .changedInPartnerCenter, .changedInSalesforce: "changed in \(source) since both last agreed"
      case .filledWhereEmpty: "empty in \(direction.target.title)"
      case .putBack: "changed in \(direction.target.title), where it may not be changed; put back"
      case .oneSideLeads: "\(source) owns the field"
      case .policyDecided: "changed on both sides; the mapping says \(rule.onConflict.rawValue)"
      default: "differs"
      }
    switch action(direction) {
    case .raiseVisibility:
      return Change.Grounds(code, rule: "R75", risk: .irreversible, reason + "; cannot be taken back")
    case .requestHelp:
      return Change.Grounds(code, rule: "R77", risk: .irreversible, reason + "; cannot be taken back")
    case .link:
      return Change.Grounds(.linkRecorded, rule: "R12", "each side holds the other's id")
    default:
      guard direction == .toPartnerCenter, ridesWithAccept else {
        return Change.Grounds(code, rule: "R82", reason)
      }
      return Change.Grounds(code, rule: "R59", risk: .irreversible, reason + "; goes along with the acceptance")
    }
  }
}
