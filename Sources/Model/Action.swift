/// What one row of a plan does.
package enum Action: String, CaseIterable, Sendable, Codable {
  /// Creates an opportunity for a referral, with its account where none matches.
  case createOpportunity = "create-opportunity"
  /// Creates a lead for a referral that is one (R49).
  case createLead = "create-lead"
  /// Creates a referral for an opportunity; with help asked for, Microsoft's connected referral too.
  case createReferral = "create-referral"
  /// Writes one field.
  case update = "update"
  /// New to Active/Accepted (R58).
  case accept = "accept"
  /// New to Closed/Declined (R60, R61).
  case decline = "decline"
  /// Closed/Won, or the closed-won stage.
  case closeWon = "close-won"
  /// Closed/Lost, or the closed-lost stage.
  case closeLost = "close-lost"
  /// Makes a private deal visible to Microsoft sellers; cannot be undone (R75).
  case raiseVisibility = "raise-visibility"
  /// Asks Microsoft for help; cannot be undone (R77).
  case requestHelp = "request-help"
  /// Adds a solution to an opportunity or to a referral.
  case addSolution = "add-solution"
  /// Takes a solution off a referral or an opportunity (R93).
  case removeSolution = "remove-solution"
  /// Attaches a contact to an opportunity.
  case addContact = "add-contact"
  /// Adds a member to the team of an opportunity or of a referral (R91).
  case addTeamMember = "add-team-member"
  /// Adds a note to an opportunity (R90).
  case addNote = "add-note"
  /// Writes one side's id into the other (R12).
  case link = "link"
  /// Writes check mark and audit line after the pair's other rows (R102, R106).
  case mark = "mark"
  /// Two values of which a person chooses one (R115).
  case conflict = "conflict"
}

/// Which way a row writes.
package enum ChangeDirection: String, CaseIterable, Sendable, Codable {
  case toSalesforce = "to-salesforce"
  case toPartnerCenter = "to-partner-center"

  /// The side that is written.
  package var target: Side {
    switch self {
    case .toSalesforce: .salesforce
    case .toPartnerCenter: .partnerCenter
    }
  }
}

/// How much a row can harm.
package enum Risk: String, CaseIterable, Sendable, Codable {
  /// Can be undone.
  case normal
  /// Cannot be taken back: accept, visibility, help (R79).
  case irreversible
  /// Ends the referral for good: won, lost, declined (R65).
  case terminal
  /// A person chooses between two values.
  case conflict

  /// What the plan proposes for a row of this risk.
  package var proposal: Decision {
    switch self {
    case .normal: .apply
    case .irreversible, .terminal, .conflict: .hold
    }
  }

  /// Whether what was written stays written: no undo takes it back.
  package var isForGood: Bool {
    switch self {
    case .irreversible, .terminal: true
    case .normal, .conflict: false
    }
  }
}

/// What the reviewer says of a row.
package enum Decision: String, CaseIterable, Sendable, Codable {
  /// Write it.
  case apply
  /// Not this time; it is proposed again.
  case hold
  /// Do not propose it again until a value moves.
  case reject
  /// Of a conflict: Partner Center's value goes to Salesforce.
  case partnerCenter = "partner-center"
  /// Of a conflict: Salesforce's value goes to Partner Center.
  case salesforce

  /// The decisions that a row of this risk allows.
  package static func allowed(for risk: Risk) -> [Decision] {
    switch risk {
    case .normal, .irreversible, .terminal: [.apply, .hold, .reject]
    case .conflict: [.hold, .reject, .partnerCenter, .salesforce]
    }
  }

  /// Whether the row is to be written.
  package var writes: Bool {
    switch self {
    case .apply, .partnerCenter, .salesforce: true
    case .hold, .reject: false
    }
  }
}

/// What became of a row.
package enum Outcome: String, CaseIterable, Sendable, Codable {
  case planned
  /// The service acknowledged the write.
  case applied
  /// The service refused it.
  case failed
  /// Somebody changed the record after the snapshot; nothing was written (R111).
  case stale
  /// An earlier row that it depends on was not applied.
  case notAttempted = "not-attempted"
  /// The request left and no answer came; the next run looks (R20).
  case unknown
  case held
  case rejected
}

/// Where a record or pair stands after a run.
package enum Standing: String, CaseIterable, Sendable, Codable {
  case inSync = "in-sync"
  case changes
  case conflict
  case held
  case onlyPartnerCenter = "only-partner-center"
  case onlySalesforce = "only-salesforce"
  case skipped
  case quarantined
  case closed
  case error
}
