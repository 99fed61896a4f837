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
    action:
      "Say apply when the customer agrees; it cannot be taken back. Microsoft has 14 days to answer, and asking does "
      + "not mean that a seller joins.")

  static let assessmentSkipped = Explanation(
    "Solution assessment left out",
    meaning: "The deal is a solution assessment and takes no part.",
    cause:
      "One of its solutions stands in the setting Solution assessment ids, and Solution assessments says skip. Such "
      + "deals have stages of their own, all of which must be marked before they can be won.",
    action: "Nothing; or set Solution assessments to sync.")

  static let notShared = Explanation(
    "Told in the opportunity",
    meaning:
      "The opportunity is ticked and cannot be shared yet: its audit trail gets the reasons, and its name a cross.",
    cause: "Something that Microsoft asks for is missing.",
    action: "Leave the decision at apply, so that the seller reads it where they work.")

  static let addressMissing = Explanation(
    "Customer address incomplete",
    meaning: "Partner Center asks for the customer's street and city, and the account lacks one of them.",
    cause: "The account's billing address is incomplete.",
    action: "Fill the fields that the reason names.")

  static let servicesIncomplete = Explanation(
    "Services deal incomplete",
    meaning: "A services deal needs partner role, solution area and solution play, and only some of them are there.",
    cause: "The opportunity names one or two of the three.",
    action: "Fill the others, or empty all three when the deal is none of services.")

  static let leadOfReferral = Explanation(
    "A lead of Salesforce",
    meaning: "The referral is a lead and belongs to a lead of Salesforce; once that is converted, to its opportunity.",
    cause: "The setting Lead target is Lead, and a lead holds the referral's id.",
    action: "Nothing. Work on the lead goes on in Salesforce; its fields are not synchronized until it is converted.")

  static let noteOfReferral = Explanation(
    "Note of the referral",
    meaning: "A text of the referral becomes a note of the opportunity, once.",
    cause: "A row of fields.csv names ContentNote.Content, and Partner Center's text is new.",
    action: "Leave the decision at apply. Notes that sellers write in Salesforce are not sent to Microsoft.")

  static let lastSolution = Explanation(
    "Last solution",
    meaning: "The solution was taken off on one side, and it is the last one on the other: it stays there.",
    cause:
      "A shared deal needs a solution. Of a row: the one that brings the next solution was not applied.",
    action: "Add the solution that takes its place, and apply its row as well; or add this one again.")
}
