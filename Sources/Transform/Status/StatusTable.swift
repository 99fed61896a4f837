import Model

/// One move that brings status and stage together.
package enum StatusMove: Hashable, Sendable {
  /// New to Active/Accepted (R58).
  case accept
  /// New to Closed/Declined (R60, R61).
  case decline
  /// Active to Closed/Won (R67).
  case winReferral
  /// Active to Closed/Lost (R67).
  case loseReferral
  /// The on-hold stage to the active stage (R44).
  case activateOpportunity
  /// An open stage to the closed-won stage (R69).
  case winOpportunity
  /// An open stage to the closed-lost stage (R69).
  case loseOpportunity
}

/// What status and stage of a pair ask for.
package enum StatusDecision: Hashable, Sendable {
  /// They fit.
  case settled
  /// Moves in order; two when a deal is won before it was accepted (R62).
  case moves([StatusMove])
  /// The seller has not moved it out of the on-hold stage (R57).
  case waiting
  /// Partner Center is closed and the opportunity says otherwise: reported, never applied (R66).
  case terminalMismatch
  /// The referral expired, and the setting says to flag it only (R63).
  case expiredFlag
  /// A status that this release does not know (R56).
  case unknownStatus(String)
}

extension StatusDecision {
  /// The moves in order; none where there are none.
  var moves: [StatusMove] {
    switch self {
    case .moves(let moves): moves
    case .settled, .waiting, .terminalMismatch, .expiredFlag, .unknownStatus: []
    }
  }
}

/// The status table: from both states to the moves between them.
///
/// Pure, and the whole truth.
package enum StatusTable {
  /// Decides by both states.
  ///
  /// `wasClosed` is whether the opportunity was closed when both were last agreed: an opportunity that a seller reopens
  /// is not pulled shut again. `closesExpired` is the setting *Expired referral*.
  ///
  /// | Partner Center | on hold | open | won | lost |
  /// |---|---|---|---|---|
  /// | New      | wait | accept | accept, win | decline |
  /// | Active   | active stage | – | win | lose |
  /// | Won      | closed-won stage | closed-won stage | – | report |
  /// | Lost, Declined | closed-lost stage | closed-lost stage | report | – |
  /// | Expired  | closed-lost stage or flag | closed-lost stage or flag | report | – |
  /// | unknown  | report | report | report | report |
  package static func decide(
    referral: ReferralState, opportunity: OpportunityState, wasClosed: Bool, closesExpired: Bool
  ) -> StatusDecision {
    switch (referral, opportunity) {
    case (.new, .onHold): .waiting
    case (.new, .open): .moves([.accept])
    case (.new, .won): .moves([.accept, .winReferral])
    case (.new, .lost): .moves([.decline])
    case (.active, .onHold): .moves([.activateOpportunity])
    case (.active, .open): .settled
    case (.active, .won): .moves([.winReferral])
    case (.active, .lost): .moves([.loseReferral])
    case (.won, .won): .settled
    case (.won, .lost): .terminalMismatch
    case (.won, .onHold), (.won, .open): wasClosed ? .terminalMismatch : .moves([.winOpportunity])
    case (.lost, .lost), (.declined, .lost), (.expired, .lost): .settled
    case (.lost, .won), (.declined, .won), (.expired, .won): .terminalMismatch
    case (.lost, .onHold), (.lost, .open), (.declined, .onHold), (.declined, .open):
      wasClosed ? .terminalMismatch : .moves([.loseOpportunity])
    case (.expired, .onHold), (.expired, .open):
      wasClosed ? .terminalMismatch : closesExpired ? .moves([.loseOpportunity]) : .expiredFlag
    case (.unknown(let status), _): .unknownStatus(status)
    }
  }
}
