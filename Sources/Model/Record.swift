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

/// One record of one side as a snapshot holds it: raw text by column, empty where there was nothing.
package struct Record: Hashable, Sendable {
  /// The id on its own side: a referral's GUID in lower case, a Salesforce id of 18 characters.
  package let id: String
  /// The columns.
  package let shape: Shape
  private let content: Content

  /// The texts: given one by one, or as they were stored, of which only a few are ever asked for.
  private enum Content: Sendable {
    case texts([String])
    case parted(PartedTexts)
  }

  /// A record of the given columns; missing values at the end count as empty.
  package init(id: String, shape: Shape, values: [String]) {
    self.id = id
    self.shape = shape
    content = .texts(values)
  }

  /// A record as it was stored.
  package init(id: String, shape: Shape, parted: PartedTexts) {
    self.id = id
    self.shape = shape
    content = .parted(parted)
  }

  /// One raw text for each column.
  package var values: [String] {
    switch content {
    case .texts(let texts): texts
    case .parted(let texts): texts.all
    }
  }

  /// The raw text at a place of the shape; empty when the record has none.
  package subscript(position: Int?) -> String {
    guard let position else { return "" }
    return switch content {
    case .texts(let texts): position < texts.count ? texts[position] : ""
    case .parted(let texts): position < texts.count ? texts[position] : ""
    }
  }

  /// The raw text of a column; empty when the record has none.
  package subscript(column: String) -> String { self[shape.position(of: column)] }

  /// The raw text of a column that is read of every record; empty when the record has none.
  package subscript(column: KnownColumn) -> String { self[shape.position(of: column)] }

  /// The first of several columns that has a text; empty when none has.
  package func first(of columns: [String]) -> String {
    for column in columns {
      let text = self[column]
      if !text.isEmpty { return text }
    }
    return ""
  }

  /// The first of several places that has a text; empty when none has.
  package func first(at positions: [Int]) -> String {
    for position in positions {
      let text = self[position]
      if !text.isEmpty { return text }
    }
    return ""
  }

  package static func == (left: Record, right: Record) -> Bool {
    left.id == right.id && left.shape == right.shape && left.values == right.values
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(shape)
    hasher.combine(values)
  }
}
