import Testing
import Transform

/// Every cell of the status table as it was written down by hand.
@Suite struct StatusTableTests {
  /// By referral: what is decided with the opportunity on hold, open, won, lost.
  ///
  /// First while the opportunity was open when both last agreed, then after it had been closed, each with *Expired
  /// referral* = flag and = close where they differ.
  private struct Row {
    let referral: ReferralState
    let open: [StatusDecision]
    let wasClosed: [StatusDecision]
    var closing: [StatusDecision]?
  }

  private static let alwaysAccepting: [StatusDecision] = [
    .waiting, .moves([.accept]), .moves([.accept, .winReferral]), .moves([.decline]),
  ]
  private static let active: [StatusDecision] = [
    .moves([.activateOpportunity]), .settled, .moves([.winReferral]), .moves([.loseReferral]),
  ]
  private static let unknown = [StatusDecision](repeating: .unknownStatus("Active/Engaged"), count: 4)
  private static let lost: [StatusDecision] = [
    .moves([.loseOpportunity]), .moves([.loseOpportunity]), .terminalMismatch, .settled,
  ]
  private static let lostBefore: [StatusDecision] = [.terminalMismatch, .terminalMismatch, .terminalMismatch, .settled]

  private static let rows: [Row] = [
    Row(referral: .new, open: alwaysAccepting, wasClosed: alwaysAccepting),
    Row(referral: .active, open: active, wasClosed: active),
    Row(
      referral: .won,
      open: [.moves([.winOpportunity]), .moves([.winOpportunity]), .settled, .terminalMismatch],
      wasClosed: [.terminalMismatch, .terminalMismatch, .settled, .terminalMismatch]),
    Row(referral: .lost, open: lost, wasClosed: lostBefore),
    Row(referral: .declined, open: lost, wasClosed: lostBefore),
    Row(
      referral: .expired, open: [.expiredFlag, .expiredFlag, .terminalMismatch, .settled], wasClosed: lostBefore,
      closing: lost),
    Row(referral: .unknown("Active/Engaged"), open: unknown, wasClosed: unknown),
  ]

  private static let opportunities: [OpportunityState] = [.onHold, .open, .won, .lost]

  @Test("R54–R69: every cell of the table", arguments: [false, true], [false, true])
  func everyCell(wasClosed: Bool, closesExpired: Bool) {
    for row in Self.rows {
      let expected = wasClosed ? row.wasClosed : closesExpired ? row.closing ?? row.open : row.open
      for (opportunity, decision) in zip(Self.opportunities, expected) {
        #expect(
          StatusTable.decide(
            referral: row.referral, opportunity: opportunity, wasClosed: wasClosed, closesExpired: closesExpired)
            == decision, "\(row.referral) \(opportunity)")
      }
    }
  }

  private static let moves: [(StatusMove, ReferralState?, ReferralState?)] = [
    (.accept, .new, .active), (.decline, .new, .declined), (.winReferral, .active, .won),
    (.loseReferral, .active, .lost), (.activateOpportunity, nil, nil), (.winOpportunity, nil, nil),
    (.loseOpportunity, nil, nil),
  ]

  @Test("R54: no decision moves a referral in a way that Partner Center forbids", arguments: [false, true])
  func legalMoves(wasClosed: Bool) {
    for row in Self.rows {
      for opportunity in Self.opportunities {
        let decision = StatusTable.decide(
          referral: row.referral, opportunity: opportunity, wasClosed: wasClosed, closesExpired: true)
        guard case .moves(let moves) = decision else { continue }
        var state = row.referral
        for move in moves {
          guard let step = Self.moves.first(where: { $0.0 == move }), let from = step.1, let to = step.2 else {
            continue
          }
          #expect(state == from, "\(move) from \(state)")
          state = to
        }
      }
    }
  }

  @Test(
    "R54 R55 R56: status and sub-status give the state",
    arguments: [
      ("New", "Pending", ReferralState.new), ("New", "Received", .new), ("New", "", .new), ("new", "RECEIVED", .new),
      ("Active", "Accepted", .active), ("Active", "", .active), ("Active", "None", .active), ("Closed", "Won", .won),
      ("Closed", "Lost", .lost), ("Closed", "Declined", .declined), ("Closed", "Expired", .expired),
      ("Active", "Engaged", .unknown("Active/Engaged")), ("Closed", "Error", .unknown("Closed/Error")),
      ("Closed", "", .unknown("Closed")), ("New", "Accepted", .unknown("New/Accepted")),
      ("Archived", "", .unknown("Archived")), ("", "", .unknown("")), ("Won", "Closed", .unknown("Won/Closed")),
    ])
  func states(_ status: String, substatus: String, state: ReferralState) {
    #expect(ReferralState(status: status, substatus: substatus) == state)
  }

  @Test(
    "R65: Won, Lost, Declined and Expired are the end",
    arguments: [
      (ReferralState.new, false), (.active, false), (.unknown("x"), false), (.won, true), (.lost, true),
      (.declined, true), (.expired, true),
    ])
  func terminal(_ state: ReferralState, isTerminal: Bool) {
    #expect(state.isTerminal == isTerminal)
  }

  @Test(
    "R57 R67: the stage's own flags decide, and the on-hold stage's name among the open ones",
    arguments: [
      ("Co-sell On Hold", false, false, OpportunityState.onHold), ("CO-SELL ON HOLD", false, false, .onHold),
      ("Prospecting", false, false, .open), ("", false, false, .open), ("Signed", true, true, .won),
      ("Gone", true, false, .lost), ("Co-sell On Hold", true, false, .lost), ("Prospecting", false, true, .open),
    ])
  func stages(_ stage: String, isClosed: Bool, isWon: Bool, state: OpportunityState) {
    #expect(
      OpportunityState(stage: stage, isClosed: isClosed, isWon: isWon, onHoldStage: "Co-sell On Hold") == state)
  }

  @Test(
    "R73: an open stage means what the stage table says of it, a closed one what its flags say",
    arguments: [
      (ReferralState.won, OpportunityState.won), (.lost, .lost), (.declined, .lost), (.active, .open), (.new, .open),
      (.unknown("x"), .open),
    ])
  func meaning(_ status: ReferralState, state: OpportunityState) {
    func found(isClosed: Bool) -> OpportunityState {
      OpportunityState(
        stage: "Verbal yes", isClosed: isClosed, isWon: false, onHoldStage: "Co-sell On Hold", means: status)
    }
    #expect(found(isClosed: false) == state)
    #expect(found(isClosed: true) == .lost)
  }
}
