// The ledger, plan and apply: E501 to E611.
extension Explanation {
  static let ledgerLocked = Explanation(
    "Another run is at work",
    meaning: "Another process holds the lock of this workspace, and this one ended at once.",
    cause: "A run takes longer than the time between two runs, or somebody works in the workspace.",
    action: "Wait until it ends; the message names its process. The lock goes with the process, so there is nothing "
      + "to remove.")

  static let ledgerUnreadable = Explanation(
    "Ledger damaged",
    meaning: "state/ledger.sqlite is no ledger, cannot be read, or is not as the last run left it: bytes differ from "
      + "its seal, commits are missing, or it is gone while its seal is there. Nothing was read from it and nothing "
      + "was sent.",
    cause: "The disk failed, the file was copied without its write-ahead file or while a run was writing, an older "
      + "copy was put beside a newer seal, or another program or an earlier release of reconcile changed it.",
    action: "Restore state/ledger.sqlite and state/ledger.sqlite.seal from a backup, without -wal and -shm. If the "
      + "change was meant, remove the seal: the next run takes the ledger if SQLite finds it whole, and seals it. "
      + "Without a backup, move state/ away and plan anew: pairs are found by their ids, and differences come up as "
      + "conflicts.")

  static let ledgerNewer = Explanation(
    "Ledger of a newer release",
    meaning: "A newer release of reconcile wrote the ledger, and this one does not touch it.",
    cause: "The program was replaced by an older one, or two releases share the workspace.",
    action: "Install the newer release.")

  static let ledgerUnwritable = Explanation(
    "Ledger cannot be written",
    meaning: "The ledger or its lock cannot be made or written.",
    cause: "The disk is full, or the folder state/ belongs to another user.",
    action: "Free disk space, or make the folder writable for the user who runs reconcile.")

  static let ledgerOtherOrg = Explanation(
    "Ledger of another org",
    meaning: "The ledger was made with another organization of Partner Center, or with a Salesforce org behind another "
      + "sign-in address, and the run was stopped before anything was compared.",
    cause: "reconcile.yaml was pointed at another org, or the state of a staging workspace was copied to production.",
    action: "Give each org a workspace of its own, with its own ledger; or put reconcile.yaml right.")

  static let decisionsAltered = Explanation(
    "Report was altered",
    meaning: "A cell of the decisions file that is not the reviewer's says something else than the plan. Nothing was "
      + "applied.",
    cause: "A value was edited or sorted apart from its row, or a spreadsheet rewrote a date, a number or an id.",
    action: "Take changes.csv afresh, or hand in a file of the columns run_id, seq and decision alone.")

  static let decisionUnknown = Explanation(
    "Decision not understood",
    meaning: "The decisions file cannot be taken as it is. Nothing was applied.",
    cause: "A word is no decision for its row, a row is of another run or stands twice, a column is missing, or the "
      + "file was cut off.",
    action: "Correct the rows that the message names and run apply again.")

  static let runUnknown = Explanation(
    "Unknown run",
    meaning: "The ledger knows no run of that name, or no run at all.",
    cause: "The id is misspelt, or belongs to another workspace.",
    action: "reconcile runs lists the runs of the workspace.")

  static let planUsed = Explanation(
    "Plan cannot be applied in this state",
    meaning: "A plan is applied once. This one was applied before, is half applied, or was not begun and so cannot be "
      + "resumed.",
    cause: "apply ran already, or --resume was given to a plan that waits.",
    action: "Make a new plan, or go on with apply --resume, as the message says.")

  static let planStale = Explanation(
    "Plan is out of date",
    meaning: "What both sides agree on has moved since the plan was made, and nothing was applied.",
    cause: "Another plan was made or applied in between.",
    action: "Make a new plan and review it.")

  static let planAltered = Explanation(
    "Plan was altered",
    meaning: "The rows of the plan in the ledger are not those that were planned, and nothing was applied.",
    cause: "Another program wrote to the ledger, or the disk is at fault.",
    action: "Make a new plan and review it. If it happens again, restore the ledger from a backup.")

  static let planUnexpected = Explanation(
    "Not the plan that was reviewed",
    meaning: "The plan has another digest than the one given with --expect, and nothing was applied.",
    cause: "A newer plan was made after the review, or the digest belongs to another run.",
    action: "Name the run that was reviewed, or review the newest plan and give its digest.")

  static let planOfOtherLedger = Explanation(
    "Plan of another ledger",
    meaning: "The plan was made in another ledger than the one it lies in, and nothing was applied.",
    cause: "Ledgers were merged or copied by hand.",
    action: "Put the ledger of this workspace back, or make a new plan.")

  static let snapshotAltered = Explanation(
    "Snapshot was altered",
    meaning: "The snapshots in the ledger are not those that the plan was made from, and nothing was applied.",
    cause: "Another program wrote to the ledger, or the disk is at fault.",
    action: "Make a new plan: it takes both snapshots afresh. If it happens again, restore the ledger from a backup.")

  static let planTooOld = Explanation(
    "Plan too old",
    meaning: "The snapshots of the plan are older than safety.max_plan_age_hours allows, or their age cannot be told. "
      + "Nothing was applied.",
    cause: "The review took longer than a plan holds, or the clock was set.",
    action: "Make a new plan. apply --allow age takes this one all the same: a record that was changed since is still "
      + "left alone.")

  static let safetyLimit = Explanation(
    "Safety limit reached",
    meaning: "The rows that are decided to be written would change, create or close more deals than the limits under "
      + "safety allow, or one field on nearly all deals. Nothing was applied.",
    cause: "A mapping, a stage or a setting was changed, a field was filled in bulk, a snapshot is wrong, or it is the "
      + "first night of a workspace. The message names the likeliest.",
    action: "Look at the rows. If they are meant, apply again with the flag that the message names: --allow update, "
      + "create, close or field lifts that limit for one run. Fewer rows at a time go with --only ID.")

  static let notAttempted = Explanation(
    "Not attempted",
    meaning: "Nothing was sent for the row.",
    cause: "A row that it depends on was not applied, or the run was stopped before its turn.",
    action: "Look at the pair's other rows. apply --resume goes on after a stop; otherwise the next plan proposes it "
      + "again.")

  static let mappingChanged = Explanation(
    "Mapping changed since the plan",
    meaning: "The mapping files are not those that the plan was made with, and nothing was applied.",
    cause: "Somebody edited mappings/ between plan and apply.",
    action: "Make a new plan, or put the files back.")

  static let reportUnwritable = Explanation(
    "Report cannot be written",
    meaning: "A file below reports/ cannot be made or written.",
    cause: "The disk is full, or the folder belongs to another user.",
    action: "Free disk space, or make the folder writable for the user who runs reconcile.")

  static let outputUnwritable = Explanation(
    "Output cannot be written",
    meaning: "Not all data that the command printed got out. What it did in the ledger and in the services is done.",
    cause: "Standard output goes to a file on a full or broken disk.",
    action: "Free disk space. reconcile show and reconcile runs print what a run did.")

  static let irreversibleUnconfirmed = Explanation(
    "Number of irreversible rows not confirmed",
    meaning: "Rows that cannot be taken back are to be applied, and their number was not confirmed. Nothing was "
      + "applied.",
    cause: "--confirm-irreversible is missing or names another number.",
    action: "Check these rows and give their number with --confirm-irreversible.")
}
