// Where a record or pair stands: N101 to N116.
extension Explanation {
  static let inSync = Explanation(
    "Both sides agree",
    meaning: "Status, stage and every mapped field say the same on both sides.",
    cause: "Both records were compared and no difference was found.",
    action: "Nothing.")

  static let changedInPartnerCenter = Explanation(
    "Changed in Partner Center",
    meaning: "The value in Partner Center differs from the one last agreed, and Salesforce still holds that one.",
    cause: "Somebody edited the referral.",
    action: "Leave the decision at apply to carry the value to Salesforce; hold or reject the row to keep Salesforce "
      + "as it is.")

  static let changedInSalesforce = Explanation(
    "Changed in Salesforce",
    meaning: "The value in Salesforce differs from the one last agreed, and Partner Center still holds that one.",
    cause: "Somebody edited the opportunity.",
    action: "Leave the decision at apply to carry the value to Partner Center; hold or reject the row to keep it as "
      + "it is.")

  static let closedOnBothSides = Explanation(
    "Closed on both sides",
    meaning: "The referral and its opportunity ended alike, and nothing is left to be written.",
    cause: "The deal was won or lost on one side and the other side followed.",
    action: "Nothing.")

  static let leadFiltered = Explanation(
    "Lead left out",
    meaning: "The referral is a marketplace lead or a qualified lead, and no opportunity is created for it.",
    cause: "The setting Sync Co-sell opportunity is Yes, or the setting Lead target is skip.",
    action: "To let leads in, set Sync Co-sell opportunity to No and Lead target to Opportunity in "
      + "mappings/settings.csv.")

  static let privateDealSkipped = Explanation(
    "Private deal left out",
    meaning: "Microsoft neither helps with the deal nor sees it, and such deals are left out.",
    cause: "The setting Private deals is skip.",
    action: "To include private deals, set Private deals to sync in mappings/settings.csv.")

  static let ownedByAnotherOrganization = Explanation(
    "Another organization's referral",
    meaning: "The referral belongs to another party of the engagement and is not yours to reconcile.",
    cause: "Its organizationId is not the one of partner_center.organization_id: Microsoft and other partners have "
      + "records of their own for a shared deal.",
    action: "Nothing. If all referrals are left out for this reason, correct partner_center.organization_id in "
      + "reconcile.yaml.")

  static let closedBeforeLinked = Explanation(
    "Closed before it was linked",
    meaning: "The record was closed before anything on the other side belonged to it, so that nothing is created "
      + "there.",
    cause: "A referral was won, lost, declined or expired, or an opportunity was closed, without ever having been "
      + "shared.",
    action: "Nothing.")

  static let notTicked = Explanation(
    "Not ticked for Partner Center",
    meaning: "The opportunity has no referral and is not meant to be shared.",
    cause: "The box Sync with Partner Center is not ticked.",
    action: "To share the deal, tick the box in Salesforce; the next plan takes it up.")

  static let waitingOnHold = Explanation(
    "Waits in the on-hold stage",
    meaning: "The opportunity is in the on-hold stage: nothing of it is sent, and its referral is not accepted.",
    cause: "The seller has not moved it on since it came from Microsoft, or has put it there.",
    action: "Move the opportunity out of the on-hold stage to accept the referral, before the day on which it expires.")

  static let untickedPair = Explanation(
    "Linked, but not ticked",
    meaning: "Referral and opportunity belong together, and neither is written.",
    cause: "The box Sync with Partner Center was unticked on the opportunity.",
    action: "Tick the box in Salesforce to reconcile the pair again.")

  static let referralNotVisible = Explanation(
    "Its referral is not in the snapshot",
    meaning: "The opportunity names a referral, or was linked with one, that Partner Center did not list. It counts "
      + "as out of sight, not as deleted, and nothing is changed.",
    cause: "The account sees only some locations, the export was filtered, or the id in Salesforce is wrong.",
    action: "Give the Partner Center user the role Referrals admin, take a whole export, or correct the id in "
      + "Salesforce.")

  static let opportunityNotVisible = Explanation(
    "Its opportunity is not in the snapshot",
    meaning: "The referral was linked with an opportunity that Salesforce did not list. It counts as out of sight, "
      + "and the referral is left as it is.",
    cause: "The opportunity was deleted or merged, or the integration user may not see it.",
    action: "Check the integration user's access. If the opportunity is gone for good, close the referral by hand.")

  static let closedInPartnerCenter = Explanation(
    "Closed in Partner Center",
    meaning: "The referral ended as won, lost, declined or expired, and nothing is written to it any more.",
    cause: "An open opportunity gets the closed stage by a row of the plan; any other difference is reported and not "
      + "applied.",
    action: "Apply the row where there is one. Bring any other difference in line by hand.")

  static let newFromPartnerCenter = Explanation(
    "New from Partner Center",
    meaning: "No opportunity belongs to the referral, and one is created.",
    cause: "The deal came from Microsoft or was entered in Partner Center.",
    action: "Leave the decision at apply. Reject the creation to keep the deal out of Salesforce until it changes.")

  static let newFromSalesforce = Explanation(
    "New from Salesforce",
    meaning: "The opportunity is ticked and has no referral, and one is created.",
    cause: "A seller ticked Sync with Partner Center.",
    action: "Check the row. A referral that Microsoft's sellers will see is held until the decision is apply, because "
      + "it cannot be taken back.")
}
