// One record, its identity and its fields: E701 to E728.
extension Explanation {
  static let categoryUnknown = Explanation(
    "Kind of deal not known",
    meaning: "Type, qualification and inviter of the referral fit no kind of deal; it is set aside and not guessed.",
    cause: "Microsoft uses a new value, or the inviter is missing.",
    action: "Look at the referral in Partner Center. Report the three values if they are right.")

  static let statusUnknown = Explanation(
    "Status not known",
    meaning: "The referral has a status or sub-status that this release does not know: it is shown and never acted on.",
    cause: "Microsoft uses a new value.",
    action: "Look at the referral in Partner Center. Under Active only the stage is left alone; otherwise nothing is "
      + "written.")

  static let unknownCRMRecord = Explanation(
    "Names an unknown CRM record",
    meaning: "The referral names a CRM record that is not in the snapshot, and no opportunity is created for it.",
    cause: "The opportunity was deleted, lies in another org, or is out of sight; or the id was typed wrongly.",
    action: "Correct or clear the CRM identifier in Partner Center, or give access to the opportunity.")

  static let identityDuplicate = Explanation(
    "Several records claim one identity",
    meaning: "Two opportunities hold the same referral id, or two referrals name the same opportunity, and all of "
      + "them stop.",
    cause: "A record was cloned with its ids, or two integrations write to the same org.",
    action: "Clear the id on all records but the right one.")

  static let identityDisagreement = Explanation(
    "Ids name different opportunities",
    meaning: "The link of the ledger, Referral Identifier and the CRM id do not name the same opportunity, and all of "
      + "them stop.",
    cause: "An id was edited by hand, or an opportunity was cloned or replaced.",
    action: "Correct the ids so that both records name each other.")

  static let accountAmbiguous = Explanation(
    "Several accounts match",
    meaning: "Several accounts have the customer's name and postal code, and none is picked.",
    cause: "The account is there twice.",
    action: "Merge the accounts, or make name or postal code differ.")

  static let recordWithoutID = Explanation(
    "Record without id",
    meaning: "A record of a snapshot has no usable id, so that nothing can be matched, and the run was stopped.",
    cause: "The column Id was not exported, or a spreadsheet changed it.",
    action: "Take the export again with the id column as it is.")

  static let lockedField = Explanation(
    "Field may not be written",
    meaning: "The sides differ, and the field may be written on neither of them now.",
    cause: "Partner Center locks the field after creation, or the mapping closes the way.",
    action: "Bring the sides in line by hand, or change the directions in mappings/fields.csv.")

  static let conflict = Explanation(
    "Changed on both sides",
    meaning: "Both sides changed the field to different values since they last agreed, and a person decides.",
    cause: "Two people edited the deal between two runs.",
    action: "Decide partner-center or salesforce, on the page or in changes.csv, or set on_conflict for the field.")

  static let conflictFirstContact = Explanation(
    "Sides differ at first contact",
    meaning: "Both sides hold different values and nothing was agreed on the field yet, so that nobody can tell which "
      + "is newer.",
    cause: "The pair is compared for the first time, the field was mapped lately, or the ledger was lost.",
    action: "Decide partner-center or salesforce, on the page or in changes.csv.")

  static let emptyRefused = Explanation(
    "Emptied value not carried over",
    meaning: "The field was emptied on one side, and the emptying is reported and not carried over.",
    cause: "The column on_empty of the field says refuse.",
    action: "Fill the field again, or set on_empty to clear in mappings/fields.csv.")

  static let stageUnmapped = Explanation(
    "Stage without status",
    meaning: "The stage of the opportunity means no status of the referral.",
    cause: "Reserved: this release does not report it.",
    action: "Add the stage to mappings/stages.csv.")

  static let visibilityOneWay = Explanation(
    "Visibility cannot be taken back",
    meaning: "A deal that Microsoft's sellers see cannot be hidden again.",
    cause: "Reserved: this release does not report it.",
    action: "Tick the visibility again in Salesforce.")

  static let closeReasonMissing = Explanation(
    "Reason missing",
    meaning: "A lost or declined deal needs a reason, and none is given.",
    cause: "Reserved: this release does not report it.",
    action: "Fill the loss reason, or set Lost reason and Declined reason in mappings/settings.csv.")
}
