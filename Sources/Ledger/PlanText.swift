import GRDB
import JSON
import Model

/// How a row of a plan is stored: what a person reads of it in columns of their own, what is sent as JSON.
enum PlanText {
  /// The columns of what is proposed, in the order of `columns(of:)`.
  static let columns = [
    "action", "direction", "field", "base", "partner_center", "salesforce", "new", "risk", "rule", "code", "reason",
    "writes",
  ]

  /// The columns of a proposal but for its place, as they are bound.
  static let proposed = (["referral", "opportunity", "name", "decision", "versions"] + columns).joined(separator: ", ")

  /// The columns of a whole row, in the order in which `row(_:)` reads them.
  static let all = (["seq", "referral", "opportunity", "name", "versions", "decision", "outcome", "answer"] + columns)
    .joined(separator: ", ")

  /// What is proposed, as it is stored.
  static func columns(of change: Change) throws -> [Query.Argument] {
    let writes = Writes(change)
    return [
      change.action.rawValue, change.direction.rawValue, change.field, change.base, change.partnerCenter,
      change.salesforce, change.new, change.risk.rawValue, change.rule, change.code.rawValue,
      change.reason == change.code.usualReason ? usual : change.reason,
      writes.isNothing ? "" : try JSONValue(encoding: writes).text,
    ].map(Query.Argument.text)
  }

  /// What stands for the usual reason of a code, which most rows have.
  private static let usual = "="

  /// Versions as one text.
  static func joined(_ versions: PlanRow.Versions) -> String {
    PartedText.join([versions.referral, versions.opportunity, versions.account])
  }

  /// A row out of the columns `all`.
  static func row(_ row: Row) throws -> PlanRow {
    var result = PlanRow(
      seq: row[0], key: PairKey(referralID: row[1], opportunityID: row[2]), name: row[3], change: try change(row),
      versions: try versions(row[4]))
    result.decision = LedgerTransaction.decision(row[5])
    result.outcome = LedgerTransaction.outcome(row[6])
    result.answer = try answer(row[7])
    return result
  }

  private static func change(_ row: Row) throws -> Change {
    guard let action = Action(rawValue: row[8]), let direction = ChangeDirection(rawValue: row[9]),
      let risk = Risk(rawValue: row[15]), let code = Code(rawValue: row[17])
    else { throw unreadable("it holds a word that this release does not know") }
    let reason: String = row[18]
    let writes: String = row[19]
    let parts = writes.isEmpty ? Writes() : try decode(Writes.self, writes)
    return Change(
      action, direction, field: row[10],
      values: Change.Values(base: row[11], partnerCenter: row[12], salesforce: row[13], new: row[14]),
      because: Change.Grounds(code, rule: row[16], risk: risk, reason == usual ? code.usualReason ?? "" : reason),
      effect: parts.effect, choices: parts.choices, settles: parts.settles ?? [:], undoes: parts.undoes)
  }

  private static func versions(_ text: String) throws -> PlanRow.Versions {
    let parts = PartedText.split(text)
    guard parts.count == 3 else { throw unreadable("it has \(parts.count) versions in place of 3") }
    return PlanRow.Versions(referral: parts[0], opportunity: parts[1], account: parts[2])
  }

  /// What a service said; most rows have not been sent, and hold nothing.
  private static func answer(_ text: String) throws -> PlanRow.Answer {
    text.isEmpty ? PlanRow.Answer() : try decode(PlanRow.Answer.self, text)
  }

  /// What a row sends, and what follows from it.
  private struct Writes: Codable {
    var effect: Effect?
    var choices: Change.Choices?
    var settles: [String: String]?
    var undoes: Undone?

    init() {}

    init(_ change: Change) {
      effect = change.effect
      choices = change.choices
      settles = change.settles.isEmpty ? nil : change.settles
      undoes = change.undoes
    }

    var isNothing: Bool { effect == nil && choices == nil && settles == nil && undoes == nil }
  }

  /// Reads a type out of its JSON.
  static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    do {
      return try JSONValue(parsing: text).decoded(as: type)
    } catch {
      throw unreadable("\(error)")
    }
  }

  private static func unreadable(_ reason: String) -> Failure {
    Failure(.ledgerUnreadable, "a row of the ledger cannot be read: \(reason)", fix: "restore the ledger")
  }
}
