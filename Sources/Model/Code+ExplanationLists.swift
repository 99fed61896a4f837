// Lists of a deal: solutions, contacts, team.
extension Explanation {
  static let solutionOfOpportunity = Explanation(
    "Solution of the opportunity",
    meaning: "A solution line that a seller added to the opportunity is added to the referral.",
    cause: "The opportunity has a line for the solution, and the referral has not.",
    action: "Leave the decision at apply, or say hold. The setting Sync solutions closes the way.")

  static let solutionRemoved = Explanation(
    "Solution taken off",
    meaning: "Both sides had the solution when they last agreed; one of them took it off, and the other one follows.",
    cause: "A seller removed the solution.",
    action: "Leave the decision at apply, or say reject and add the solution again where it is missing.")

  static let teamMember = Explanation(
    "Member of the team",
    meaning: "A seller who is in the deal's team on one side joins it on the other.",
    cause:
      "The opportunity's team or owner and the referral's team differ. A member of the referral's team is found among "
      + "the org's active users by e-mail address; who is no user is told in the pair's row and never created.",
    action: "Leave the decision at apply, or say reject. The setting Sync team closes the way.")

  static let helpAsked = Explanation(
    "Microsoft's help asked for",
    meaning: "The seller chose a kind of help on a deal that Partner Center has already: the deal becomes visible to "
      + "Microsoft's sellers, and Microsoft gets a referral of its own in the same engagement.",
    cause: "The field How can Microsoft help was filled in Salesforce.",
    action: "Say apply when the customer agrees; it cannot be taken back. Microsoft has 14 days to answer, and asking does "
      + "not mean that a seller joins.")

  static let lastSolution = Explanation(
    "Last solution",
    meaning: "The solution was taken off on one side, and it is the last one on the other: it stays there.",
    cause: "A shared deal must have at least one solution.",
    action: "Add the solution that takes its place first, or add this one again.")
}
