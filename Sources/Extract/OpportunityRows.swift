import Ledger
import Model

/// Turns an opportunity's texts into a row of the snapshot, with its contacts and solution lines joined in.
struct OpportunityRows {
  private let assembler = RowAssembler()
  private let joins: OpportunityJoins
  private let id: Int
  private let referral: Int?
  private let account: Int?
  private let contacts: Int?
  private let solutions: Int?
  private let team: Int?

  /// Rows of the given shape, which must hold `Id`.
  init(shape: Shape, referralField: String, joins: OpportunityJoins) {
    self.joins = joins
    id = shape.position(of: "Id") ?? 0
    referral = shape.position(of: referralField)
    account = shape.position(of: "AccountId")
    contacts = shape.position(of: SnapshotShapes.contactsColumn)
    solutions = shape.position(of: SnapshotShapes.solutionsColumn)
    team = shape.position(of: SnapshotShapes.teamColumn)
  }

  /// The row of one opportunity; `place` names it in an error.
  func row(_ texts: consuming [String], place: @autoclosure () -> String) throws -> SnapshotRow {
    guard let normalized = SalesforceID.normalized(texts[id]) else {
      throw Failure(
        .recordWithoutID, "\(place()): \"\(texts[id])\" is no Salesforce id",
        fix: "an id has 15 or 18 letters and digits; export the column Id as it is")
    }
    texts[id] = normalized
    if let account { texts[account] = SalesforceID.normalized(texts[account]) ?? texts[account] }
    if let contacts { texts[contacts] = try joins.contacts(of: normalized) }
    if let team { texts[team] = try joins.team(of: normalized) }
    if let solutions { texts[solutions] = try joins.solutions(of: normalized) }
    let partner = referral.map { texts[$0].trimmed.lowercased() } ?? ""
    return assembler.row(id: normalized, partner: partner, texts: texts)
  }
}

extension String {
  /// The text without blanks at either end.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else { return self }
    return String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
