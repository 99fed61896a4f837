// What `mappings check` finds when it holds the mapping against the org.
extension Explanation {
  static let orgFieldMissing = Explanation(
    "Field not in the org",
    meaning: "A mapping file names a field that the org does not have, or that the user may not see.",
    cause: "The API name is misspelt, a label was written in its place, or the user lacks access to the field.",
    action: "Write the API name from Setup, Object Manager; or give the integration user access; or empty the cell.")

  static let orgFieldReadOnly = Explanation(
    "Field cannot be written",
    meaning: "The mapping carries a value into a field that cannot be written.",
    cause: "The field is a formula, or the integration user may only read it.",
    action: "Set to_salesforce to never, or give the user the right to edit the field.")

  static let orgTypeMismatch = Explanation(
    "Transform does not fit the field",
    meaning: "The field's type in the org is not one that the transform reads and writes.",
    cause: "The row was pointed at another field and kept its transform.",
    action: "Use the transform that fits: text, decimal, date, boolean, country, currency, or map:FILE.")

  static let orgTextTooShort = Explanation(
    "Field too short",
    meaning: "The field cannot hold an id or an address that must not be cut.",
    cause: "A text field of the org was made with too few characters.",
    action: "Lengthen the field in Setup, or name another one.")

  static let orgValueMissing = Explanation(
    "Value not in the picklist",
    meaning: "A value that would be written is not in the org's restricted list, and Salesforce would refuse it.",
    cause: "The list has other values than the file of values/ or defaults.csv.",
    action: "Correct the file, or add the value to the picklist.")

  static let orgStageWrong = Explanation(
    "Stage missing or of the wrong kind",
    meaning: "A stage that a status sets is not in the org, is not active, or is open where a closed one is needed.",
    cause: "The org's stages have other names, or another process.",
    action: "Write the org's own stages into settings.csv or stages.csv. The on-hold and the active stage are open and "
      + "differ; the won stage is closed and won, the lost stage closed and not won.")

  static let orgFieldRequired = Explanation(
    "Required field without a value",
    meaning:
      "The org asks for a field when a record is created, and neither the mapping nor defaults.csv gives it a value.",
    cause: "An administrator made the field required.",
    action: "Add the row that the message names to mappings/defaults.csv.")

  static let recordUnknown = Explanation(
    "Record not in the snapshot",
    meaning: "The newest snapshot holds neither a referral nor an opportunity of that id.",
    cause: "The id is misspelt, the record is new since the last plan, or the user cannot see it.",
    action: "Copy the id from reconciliation.csv, or run `reconcile plan` and try again.")

  static let fromChangedMapping = Explanation(
    "From the changed mapping",
    meaning: "Only today's mapping brings the row; the one that was confirmed last would not.",
    cause: "A mapping file or a setting was edited since.",
    action:
      "Review the rows. Confirm all of them with `reconcile apply --confirm-mapping N`, N being their number, decide "
      + "them one by one, or take the edit back.")

  static let replanUnavailable = Explanation(
    "Run overtaken",
    meaning:
      "Only the newest run's snapshots can be planned again, since links and agreed values are those of that night.",
    cause: "A later run took new snapshots.",
    action: "Leave the name of the run out, or name the newest.")

  static let replanColumnMissing = Explanation(
    "Not in the snapshot",
    meaning: "Today's mapping reads a field that the last plan did not read, so that its snapshots do not hold it.",
    cause: "A row of fields.csv names another field than last night.",
    action: "Run `reconcile plan`: it reads the field, and holds what comes from the changed mapping.")

  static let mappingMiscounted = Explanation(
    "Number of rows not confirmed",
    meaning: "--confirm-mapping names another number than the plan has rows that come from the changed mapping.",
    cause: "The plan was made again since the rows were counted, or the number is mistyped.",
    action: "Review the rows with the code N141 in changes.csv, then confirm their number.")

  static let relinkClaimed = Explanation(
    "Another record claims it",
    meaning: "The records cannot be linked: one of them is tied to a third by an id that stands in it.",
    cause: "A Referral Identifier or a CRM identifier names another record that is there.",
    action: "Correct the id that the message names, run `reconcile plan`, and relink again.")

  static let requestsSpent = Explanation(
    "As many requests as allowed",
    meaning:
      "The run has sent as many requests to the service as max_requests allows, and stopped. A plan keeps nothing; of "
      + "an apply, what was written stands and the rest is not attempted.",
    cause: "The list grew, or many requests had to be repeated.",
    action: "Raise max_requests in reconcile.yaml, or go on with `reconcile apply --resume`.")

  static let exportCapped = Explanation(
    "Download may be cut off",
    meaning:
      "The exported file holds just as many referrals as a download of Partner Center is cut off at, so that it may "
      + "lack the rest.",
    cause: "Partner Center's download ends at 5,000 deals, and shows only the tab and the filters of the screen.",
    action:
      "Export in parts and put them together, or read Partner Center itself. If the list really has that many, pass "
      + "--complete.")

  static let orgValueUnmapped = Explanation(
    "Value without a counterpart",
    meaning:
      "A picklist can hold a value of which the file of values/ says nothing; a deal with it would be set aside.",
    cause: "The org's list has more values than the file.",
    action: "Add a row for the value; leave partner_center empty where it means nothing there.")
}
