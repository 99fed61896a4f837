/// What a row writes, complete enough to be sent as it was reviewed.
package enum Effect: Hashable, Sendable, Codable {
  /// JSON Patch operations on the referral, sent with those of the pair's other rows in one request.
  case patchReferral([PatchOperation])
  /// Microsoft is asked to help with a deal that exists (R77).
  case requestHelp(HelpDraft)
  /// Fields of a Salesforce record, sent with those of the pair's other rows in one request.
  case updateRecord(object: String, id: String, fields: [FieldWrite])
  /// A new opportunity, keyed by the referral's id.
  case createOpportunity(OpportunityDraft)
  /// A new lead, keyed by the referral's id (R49).
  case createLead(LeadDraft)
  /// The new lead's id goes into the referral (R15, R49).
  case recordLead
  /// A contact role on the pair's opportunity.
  case addContact(ContactDraft)
  /// A solution line on the pair's opportunity.
  case addSolution(SolutionDraft)
  /// A note on the pair's opportunity (R90).
  case addNote(NoteDraft)
  /// A user joins the team of the pair's opportunity (R91).
  case addTeamMember(user: String)
  /// All lines of a solution leave the pair's opportunity, unless it would be without any (R93).
  case removeSolution(lines: [String])
  /// A new referral.
  case createReferral(ReferralDraft)
  /// The new opportunity's id goes into the referral (R15).
  case recordOpportunity
  /// The new referral's id and link go into the opportunity (R12, R21).
  case recordReferral(identifierField: String, linkField: String?, linkAddress: String)
  /// Check mark and audit line, by what became of the pair's other rows (R102, R106).
  case mark(MarkDraft)
}

/// One operation on a referral; Partner Center takes `add` and `replace` only (R99).
package struct PatchOperation: Hashable, Sendable, Codable {
  /// Whether the value is appended or put in place of another.
  package enum Kind: String, Sendable, Codable {
    case add
    case replace
    /// The element of a list with this `id` goes: sent as the list without it, since a list can only be replaced (R99).
    case without
  }

  /// What the operation does.
  package let kind: Kind
  /// A JSON pointer: `/details/dealValue`.
  package let path: String
  /// The value as JSON text.
  package let value: String

  /// An operation on `path`; `value` is JSON text.
  package init(_ kind: Kind = .replace, path: String, value: String) {
    self.kind = kind
    self.path = path
    self.value = value
  }
}

/// One field of a Salesforce record and its new value as JSON text.
package struct FieldWrite: Hashable, Sendable, Codable {
  /// The field's API name.
  package let name: String
  /// The value as JSON text; `null` clears the field.
  package let value: String

  /// A field and its value as JSON text.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An opportunity to be created.
package struct OpportunityDraft: Hashable, Sendable, Codable {
  /// The account it goes under.
  package enum Account: Hashable, Sendable, Codable {
    /// The one account that matches by name and postal code (R45).
    case existing(id: String)
    /// None matches: it is created with these fields.
    ///
    /// An earlier referral of the same night may have made it, which `match` tells.
    case create([FieldWrite], match: AccountMatch = .nameAndPostalCode)
  }

  /// Under which account.
  package let account: Account
  /// The external-id field and the referral's id, by which a repeated create finds the first (R13, R20).
  package let keyField: String
  package let key: String
  /// Everything else that is set.
  package let fields: [FieldWrite]

  /// A draft keyed by `key` in `keyField`.
  package init(account: Account, keyField: String, key: String, fields: [FieldWrite]) {
    self.account = account
    self.keyField = keyField
    self.key = key
    self.fields = fields
  }
}

/// A lead to be created.
package struct LeadDraft: Hashable, Sendable, Codable {
  /// The field that holds the referral's id, and that id, by which a repeated create finds the first (R20).
  package let keyField: String
  package let key: String
  /// Everything else that is set.
  package let fields: [FieldWrite]

  /// A draft keyed by `key` in `keyField`.
  package init(keyField: String, key: String, fields: [FieldWrite]) {
    self.keyField = keyField
    self.key = key
    self.fields = fields
  }
}

/// A note to be added to an opportunity.
package struct NoteDraft: Hashable, Sendable, Codable {
  /// Its title, which no other text has.
  package let title: String
  /// Its text, without markup.
  package let text: String

  /// A note under a title.
  package init(title: String, text: String) {
    self.title = title
    self.text = text
  }
}

/// A contact to be attached to an opportunity.
package struct ContactDraft: Hashable, Sendable, Codable {
  /// The matching contact's id; nil when one is to be created with `fields` (R50).
  package let existing: String?
  /// The fields of a new contact.
  package let fields: [FieldWrite]
  /// Whether it is the deal's primary contact.
  package let isPrimary: Bool

  /// A contact found by its e-mail address, or the fields of a new one.
  package init(existing: String?, fields: [FieldWrite], isPrimary: Bool) {
    self.existing = existing
    self.fields = fields
    self.isPrimary = isPrimary
  }
}

/// A solution line to be attached to an opportunity.
package struct SolutionDraft: Hashable, Sendable, Codable {
  /// The catalogue row's id; nil when it is to be created with `fields`.
  package let existing: String?
  /// The fields of a new row of the catalogue.
  package let fields: [FieldWrite]

  /// A line for a row of the catalogue, or for a new one.
  package init(existing: String?, fields: [FieldWrite]) {
    self.existing = existing
    self.fields = fields
  }
}

/// A request for Microsoft's help with a deal that exists.
package struct HelpDraft: Hashable, Sendable, Codable {
  /// What the own referral gets first: the kind of help, visibility, and a customer contact where it has none.
  package let operations: [PatchOperation]
  /// Microsoft's connected referral as JSON text, without its engagement id (R36).
  package let connected: String
  /// The engagement of the own referral; empty when it is not known.
  package let engagementID: String

  /// A request whose bodies are JSON text.
  package init(operations: [PatchOperation], connected: String, engagementID: String) {
    self.operations = operations
    self.connected = connected
    self.engagementID = engagementID
  }
}

/// A referral to be created.
package struct ReferralDraft: Hashable, Sendable, Codable {
  /// The request body as JSON text.
  package let body: String
  /// Microsoft's connected referral, without its engagement id; nil when no help is asked for (R36).
  package let connected: String?
  /// The opportunity's id, by which a create of unknown outcome is found again (R20).
  package let externalReferenceID: String

  /// A draft whose bodies are JSON text.
  package init(body: String, connected: String?, externalReferenceID: String) {
    self.body = body
    self.connected = connected
    self.externalReferenceID = externalReferenceID
  }
}

/// Check mark and audit line of one opportunity.
package struct MarkDraft: Hashable, Sendable, Codable {
  /// The field of the deal's name; nil when marks are switched off.
  package let nameField: String?
  /// The name without mark, as the pair's rows leave it.
  package let name: String
  /// The field of the audit trail; nil when the org has none.
  package let auditField: String?
  /// Why the opportunity cannot be shared, where the row stands alone for that (R25); nil where it tells of the pair's rows.
  package let problem: String?

  /// The label under which is settled what the opportunity was told.
  package static let told = "Told"

  /// A mark on `name` and a line in the audit trail.
  package init(nameField: String?, name: String, auditField: String?, problem: String? = nil) {
    self.nameField = nameField
    self.name = name
    self.auditField = auditField
    self.problem = problem
  }
}

extension Effect {
  /// The side that it writes.
  package var target: Side {
    switch self {
    case .patchReferral, .requestHelp, .createReferral, .recordOpportunity, .recordLead: .partnerCenter
    case .updateRecord, .createOpportunity, .createLead, .addContact, .addSolution, .addTeamMember, .addNote,
      .removeSolution, .recordReferral, .mark:
      .salesforce
    }
  }
}
