// Why a row is there, or is not: N117 to N131.
extension Explanation {
  static let linkRecorded = Explanation(
    "Link recorded",
    meaning: "The id of one record is written into the other, so that the two stay together.",
    cause: "The pair is new, or one side lost the id of the other.",
    action: "Leave the decision at apply.")

  static let filledWhereEmpty = Explanation(
    "Filled where empty",
    meaning: "One side has a value, the other has none, and nothing was agreed on the field yet.",
    cause: "The pair is compared for the first time, or the field was mapped lately.",
    action: "Leave the decision at apply: nothing is overwritten.")

  static let putBack = Explanation(
    "Put back",
    meaning: "A field was changed on a side that does not own it, and the owner's value is written over it again.",
    cause: "The mapping lets the field be written one way only, and somebody edited it on the other side.",
    action: "Make the change on the side that owns the field, or change its directions in mappings/fields.csv.")

  static let leftOnHoldStage = Explanation(
    "Left the on-hold stage",
    meaning: "The opportunity left the on-hold stage, which accepts the referral.",
    cause: "A seller moved the opportunity on, or closed it as won.",
    action: "Decide apply to accept the referral, which cannot be taken back. Set the stage back in Salesforce if it "
      + "was a mistake.")

  static let closedInSalesforce = Explanation(
    "Closed in Salesforce",
    meaning: "The opportunity was closed, and the referral would be closed as won, lost or declined for good.",
    cause: "A seller closed the opportunity.",
    action: "Decide apply to close the referral: nothing can be written to it afterwards. Reopen the opportunity if "
      + "it was a mistake.")

  static let acceptedInPartnerCenter = Explanation(
    "Accepted in Partner Center",
    meaning: "The referral is accepted while its opportunity is in the on-hold stage, and the opportunity moves to "
      + "the active stage.",
    cause: "Somebody accepted the referral in Partner Center.",
    action: "Leave the decision at apply.")

  static let syncMark = Explanation(
    "Mark and audit line",
    meaning: "The check or cross mark in the opportunity's name and the line in its audit field tell what became of "
      + "the pair's other rows.",
    cause: "The pair has rows to be written, its mark is wrong, or marks were switched off.",
    action: "Nothing. To do without marks, set Display check mark in the opportunity name to No.")

  static let rejectedByReviewer = Explanation(
    "Rejected by a reviewer",
    meaning:
      "Every change of the pair was rejected in an earlier review or taken back by an undo, and none is proposed "
      + "until a value moves.",
    cause: "A reviewer decided reject, or applied an undo.",
    action: "Nothing. To have the change proposed again, change the value on either side.")

  static let keptEmptyValue = Explanation(
    "Emptied on one side and kept on the other",
    meaning: "The field was emptied on one side, and the other side keeps its value.",
    cause: "The column on_empty of the field says keep.",
    action: "Fill the field again, or set on_empty to clear in mappings/fields.csv to have both sides emptied.")

  static let oneSideLeads = Explanation(
    "One side owns the field",
    meaning: "The sides differ, only one of them may be written, and so the other side's value goes over.",
    cause: "The mapping lets the field be written one way only.",
    action: "Leave the decision at apply, or change the directions in mappings/fields.csv.")

  static let policyDecided = Explanation(
    "Decided by the mapping",
    meaning: "Both sides changed the field, and the mapping chose one value.",
    cause: "The column on_conflict of the field says partner_center, salesforce or newest.",
    action: "Leave the decision at apply. Set on_conflict to hold to decide such differences by hand.")

  static let expired = Explanation(
    "Referral expired",
    meaning: "The referral expired unanswered, and the opportunity is left as it is.",
    cause: "Nobody accepted or declined in time, and the setting Expired referral is flag.",
    action: "Close the opportunity by hand, or set Expired referral to close in mappings/settings.csv.")

  static let decidedByReviewer = Explanation(
    "Decided by a reviewer",
    meaning: "A reviewer chose one of the two values of a conflict.",
    cause: "Reserved: this release does not report it.",
    action: "Nothing.")

  static let contactOfReferral = Explanation(
    "Contact of the referral",
    meaning: "A customer contact that the referral names is attached to the new opportunity.",
    cause: "Partner Center lists the person in the customer's team; a contact with the same e-mail address is used "
      + "again.",
    action: "Leave the decision at apply.")

  static let solutionOfReferral = Explanation(
    "Solution of the referral",
    meaning: "A solution that the referral names becomes a solution line of the new opportunity.",
    cause: "Partner Center lists the solution; a catalogue row with the same identifier is used again.",
    action: "Leave the decision at apply.")
}
