import Model

/// What a person can do about a row that no program takes back.
enum LeftByHand {
  /// The sentence for an action on a side.
  static func advice(_ action: Action, _ side: Side) -> String {
    switch (action, side) {
    case (.createOpportunity, _):
      "the opportunity stays, since nothing is ever deleted: close or delete it in Salesforce if it is not wanted"
    case (.createLead, _):
      "the lead stays, since nothing is ever deleted: delete it in Salesforce if it is not wanted"
    case (.createReferral, _):
      "the referral stays, since Partner Center deletes none: close it there if it is not wanted"
    case (.accept, _):
      "an accepted referral does not become new again: close it in Partner Center if the deal is not wanted"
    case (.decline, _), (.closeWon, .partnerCenter), (.closeLost, .partnerCenter):
      "a closed referral is not opened again: share the deal anew in Partner Center if it goes on"
    case (.raiseVisibility, _):
      "Microsoft's sellers have seen the deal, and it does not become private again"
    case (.requestHelp, _):
      "Microsoft was asked for help: tell its sellers in Partner Center that none is needed"
    case (.addSolution, let side):
      "take the solution off in \(side.title)"
    case (.removeSolution, let side):
      "add the solution again in \(side.title)"
    case (.addContact, _):
      "the contact stays attached: take it off the opportunity in Salesforce"
    case (.addTeamMember, let side):
      "the member stays in the team: take them off in \(side.title)"
    case (.addNote, _):
      "the note stays: delete it in Salesforce if it misleads"
    case (.link, _):
      "the records keep each other's ids: reconcile relink says which ones belong together, if these do not"
    case (.mark, _):
      "mark and audit line tell of what was written and stay; the next plan puts a wrong mark right"
    case (.update, let side), (.conflict, let side), (.closeWon, let side), (.closeLost, let side):
      "set the value back in \(side.title)"
    }
  }
}
