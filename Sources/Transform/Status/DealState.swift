import Model

/// How far a referral has come, as far as stages care.
package enum ReferralState: Hashable, Sendable {
  /// New, whatever the sub-status: nobody accepted it yet.
  case new
  /// Active/Accepted.
  case active
  case won
  case lost
  case declined
  case expired
  /// A status or sub-status that this release does not know: shown, never acted on (R56).
  case unknown(String)

  /// The state of a status and its sub-status (R54, R55).
  package init(status: String, substatus: String) {
    switch (status.lowercased(), substatus.lowercased()) {
    case ("new", "pending"), ("new", "received"), ("new", ""), ("new", "none"): self = .new
    case ("active", "accepted"), ("active", ""), ("active", "none"): self = .active
    case ("closed", "won"): self = .won
    case ("closed", "lost"): self = .lost
    case ("closed", "declined"): self = .declined
    case ("closed", "expired"): self = .expired
    default: self = .unknown(substatus.isEmpty ? status : "\(status)/\(substatus)")
    }
  }

  /// Whether nothing can be written to the referral any more (R65).
  package var isTerminal: Bool {
    switch self {
    case .won, .lost, .declined, .expired: true
    case .new, .active, .unknown: false
    }
  }
}

/// How far an opportunity has come.
package enum OpportunityState: Hashable, Sendable {
  /// In the on-hold stage: nothing of it is sent (R57).
  case onHold
  /// In any other open stage.
  case open
  case won
  case lost

  /// The state of an opportunity by its stage's own flags, by the on-hold stage's name, and for any other open stage by
  /// the status that the stage table gives it; nil where the table says nothing of the stage (R67, R73).
  package init(
    stage: String, isClosed: Bool, isWon: Bool, onHoldStage: String, means status: ReferralState? = nil
  ) {
    if isClosed {
      self = isWon ? .won : .lost
    } else if stage.caseInsensitiveEquals(onHoldStage) {
      self = .onHold
    } else {
      switch status {
      case .won: self = .won
      case .lost, .declined, .expired: self = .lost
      case .new, .active, .unknown, nil: self = .open
      }
    }
  }
}

extension String {
  /// Whether two texts are the same but for the case of their letters.
  func caseInsensitiveEquals(_ other: String) -> Bool {
    guard self != other else { return true }
    let isPlain = utf8.allSatisfy { $0 < 0x80 } && other.utf8.allSatisfy { $0 < 0x80 }
    guard !isPlain || utf8.count == other.utf8.count else { return false }
    return lowercased() == other.lowercased()
  }
}
