import Model

/// Microsoft is asked to help with a deal that exists: the own referral first, then Microsoft's (R36, R77).
struct HelpStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    for (row, effect) in work.open {
      guard case .requestHelp(let draft) = effect else { continue }
      if let acceptance = work.rows.first(where: { $0.change.action == .accept }), acceptance.outcome != .applied {
        let ending = Ending.without(.notAttempted, .notAttempted, "the referral was not accepted")
        try journal.settle([row.seq], of: work, ending)
        continue
      }
      var own = Operation(
        "request-help-\(row.seq)", .partnerCenter, rows: [row.seq], "PATCH referral \(work.referralID) for help")
      own.isFinal = false
      try ReferralWriter(journal: journal).write(own, draft.operations, to: work)
      guard work.row(row.seq)?.isOpen == true else { continue }
      try ConnectedReferral(journal: journal).create(
        draft.connected, engagement: draft.engagementID, row.seq, work, proves: true)
    }
  }
}
