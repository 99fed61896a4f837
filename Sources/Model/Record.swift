/// What kind of thing a stored record is.
package enum RecordKind: String, CaseIterable, Sendable, Codable {
  /// A referral of Partner Center.
  case referral
  /// An opportunity with its account, owner, contacts and solution lines.
  case opportunity
  /// An account that a new opportunity may be attached to.
  case account
  /// A contact that a new contact role may be attached to.
  case contact
  /// A row of the solution catalogue.
  case solution
  /// Microsoft's own record of a deal: another referral of the engagement, read and never written (R74).
  case connected
  /// A lead of Salesforce that holds a referral's id (R49).
  case lead
  /// A user of the org, who may belong to an opportunity's team.
  case user

  /// The service that owns it.
  package var side: Side {
    switch self {
    case .referral, .connected: .partnerCenter
    case .opportunity, .account, .contact, .solution, .user, .lead: .salesforce
    }
  }
}

/// The columns of a record, in order.
///
/// All records of one kind in one snapshot share one shape.
package struct Shape: Hashable, Sendable {
  /// What the columns describe.
  package let kind: RecordKind
  /// Dotted paths, as the service spells them: `details.dealValue`, `Account.BillingCountry`.
  package let columns: [String]
  private let positions: [String: Int]

  /// A shape of the given columns; a repeated column counts once.
  package init(kind: RecordKind, columns: [String]) {
    self.kind = kind
    var positions: [String: Int] = [:]
    var unique: [String] = []
    for column in columns where positions[column.lowercased()] == nil {
      positions[column.lowercased()] = unique.count
      unique.append(column)
    }
    self.columns = unique
    self.positions = positions
  }

  /// Where a column stands; names are compared without regard to case, as both services do.
  package func position(of column: String) -> Int? {
    positions[column] ?? positions[column.lowercased()]
  }

  package static func == (left: Shape, right: Shape) -> Bool {
    left.kind == right.kind && left.columns == right.columns
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(columns)
  }
}

/// One record of one side as a snapshot holds it: raw text by column, empty where there was nothing.
package struct Record: Hashable, Sendable {
  /// The id on its own side: a referral's GUID in lower case, a Salesforce id of 18 characters.
  package let id: String
  /// The columns.
  package let shape: Shape
  /// One raw text for each column.
  package let values: [String]

  /// A record of the given columns; missing values at the end count as empty.
  package init(id: String, shape: Shape, values: [String]) {
    self.id = id
    self.shape = shape
    self.values = values
  }

  /// The raw text of a column; empty when the record has none.
  package subscript(column: String) -> String {
    guard let position = shape.position(of: column), position < values.count else { return "" }
    return values[position]
  }

  /// The first of several columns that has a text; empty when none has.
  package func first(of columns: [String]) -> String {
    for column in columns {
      let text = self[column]
      if !text.isEmpty { return text }
    }
    return ""
  }
}
