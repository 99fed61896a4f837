import Foundation
import Model

/// One field of a pair on its way to a row of the plan.
struct FieldRow {
  let rule: FieldRule
  let referral: Record
  let opportunity: Record
  let base: String
  let partnerCenter: Value
  let salesforce: Value
  let routes: FieldRoutes
  let access: FieldMerge.Access

  /// A row that carries the other side's value over, unless its way is closed, it would be refused, or emptying is not
  /// wanted (R98).
  func write(_ direction: ChangeDirection, _ code: Code, into result: inout FieldMerge.Result) {
    let value = value(direction)
    if let note = obstacle(direction) ?? emptied(direction) {
      result.notes.append(note)
      return
    }
    guard let effect = effect(direction) else {
      result.notes.append((.lockedField, difference))
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
    case .partnerCenter: return write(.toSalesforce, .policyDecided, into: &result)
    case .salesforce: return write(.toPartnerCenter, .policyDecided, into: &result)
    case .newest:
      let isNewer =
        Timestamp.parse(referral["updatedDateTime"]) ?? .distantPast
        >= Timestamp.parse(opportunity["LastModifiedDate"]) ?? .distantPast
      return write(isNewer ? .toSalesforce : .toPartnerCenter, .policyDecided, into: &result)
    }
    let reason =
      code == .conflict
      ? "changed on both sides since they last agreed" : "the sides differ and nothing was agreed on yet"
    result.changes.append(
      Change(
        .conflict, .toSalesforce, field: rule.label, values: values(new: .none),
        because: Change.Grounds(code, rule: "R115", risk: .conflict, reason), effect: nil,
        choices: Change.Choices(partnerCenter: choice(.toSalesforce), salesforce: choice(.toPartnerCenter))))
  }

  /// What a person's choice of the other side's value sends; nil where it cannot be written.
  private func choice(_ direction: ChangeDirection) -> Change.Settlement? {
    guard obstacle(direction) == nil, let effect = effect(direction) else { return nil }
    return Change.Settlement(effect: effect, value: value(direction).text)
  }

  /// What differs and is left so, with both values for the reader (R38, R66).
  var difference: String {
    func shown(_ value: Value) -> String { value.isNone ? "nothing" : "\"\(value.text)\"" }
    return "\(rule.label) is \(shown(partnerCenter)) in Partner Center and \(shown(salesforce)) in Salesforce"
  }

  /// The value that goes a way.
  private func value(_ direction: ChangeDirection) -> Value {
    direction == .toSalesforce ? partnerCenter : salesforce
  }

  /// Why a value cannot go a way: it is closed on this pair (R57, R65, R96), or the value would do harm there.
  private func obstacle(_ direction: ChangeDirection) -> (code: Code, text: String)? {
    switch direction {
    case .toSalesforce where !routes.toSalesforce.permits(partnerCenter, over: salesforce),
      .toPartnerCenter where !routes.toPartnerCenter.permits(salesforce, over: partnerCenter):
      (access.isTerminal ? .closedInPartnerCenter : .lockedField, difference)
    case .toPartnerCenter where rule.reserved == .dealValue && (salesforce.isNone || salesforce == Value("0")):
      // Neither zero nor nothing is sent, least of all from a calculated field (R29).
      (.dealValueMissing, "\(rule.label) is empty or 0 in Salesforce and is not sent")
    case .toSalesforce, .toPartnerCenter:
      nil
    }
  }

  /// Why an emptied value is not carried over; nil when there is a value, or emptying is wanted (R98).
  private func emptied(_ direction: ChangeDirection) -> (code: Code, text: String)? {
    guard value(direction).isNone else { return nil }
    let text = "\(rule.label) is empty in \(direction.target.opposite.title)"
    return switch rule.onEmpty {
    case .keep: (.keptEmptyValue, text + " and is kept")
    case .refuse: (.emptyRefused, text)
    case .clear: nil
    }
  }

  private func effect(_ direction: ChangeDirection) -> Effect? {
    let writing = FieldWriting(rule: rule)
    return switch direction {
    case .toSalesforce: writing.intoSalesforce(partnerCenter, opportunity: opportunity)
    case .toPartnerCenter: writing.intoPartnerCenter(salesforce)
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
      case .filledWhereEmpty: "empty in \(direction.target.title)"
      case .putBack: "changed in \(direction.target.title), where it may not be changed; put back"
      case .oneSideLeads: "\(source) owns the field"
      case .policyDecided: "changed on both sides; the mapping says \(rule.onConflict.rawValue)"
      default: code.usualReason ?? "differs"
      }
    switch action(direction) {
    case .raiseVisibility:
      return Change.Grounds(code, rule: "R75", risk: .irreversible, reason + "; cannot be taken back")
    case .requestHelp:
      return Change.Grounds(code, rule: "R77", risk: .irreversible, reason + "; cannot be taken back")
    case .link:
      return Change.Grounds(.linkRecorded, rule: "R12", "each side holds the other's id")
    default:
      guard direction == .toPartnerCenter, access.ridesWithAccept else {
        return Change.Grounds(code, rule: "R82", reason)
      }
      return Change.Grounds(code, rule: "R59", risk: .irreversible, reason + "; goes along with the acceptance")
    }
  }
}
