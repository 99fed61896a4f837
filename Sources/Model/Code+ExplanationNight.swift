// The night and what it tidies away: E525, E630 to E632.
extension Explanation {
  static let ledgerNotShrunk = Explanation(
    "Ledger could not be shrunk",
    meaning: "The old runs are out of the ledger, and its file is as long as before. The next runs use the room that "
      + "became free in it.",
    cause: "To become smaller, the ledger is written anew: the disk has to hold it twice more for that moment.",
    action: "Free disk space, then run reconcile vacuum again. Nothing depends on it.")

  static let interrupted = Explanation(
    "Interrupted",
    meaning: "SIGINT or SIGTERM came, and run ended in good order: while it waited or read both sides, with the "
      + "ledger as it was; or between two requests of its apply, with everything stored that was done.",
    cause: "Somebody pressed Ctrl-C, the machine goes down, or the scheduler ended the job for its time limit.",
    action: "Nothing: the next run goes on, or begins anew. If a time limit ends it every night, give it more time.")

  static let runRemoved = Explanation(
    "Run was removed",
    meaning: "There was a run of that name. Its plan, its journal and its snapshots were taken out of the ledger, "
      + "since it was older than retention.runs keeps. What both sides agreed on stays.",
    cause: "reconcile run tidies up after every night, and reconcile vacuum does it when it is called.",
    action: "reconcile runs lists the runs that are left. Raise retention.runs to keep more of them from now on, or "
      + "look into a backup of the ledger.")

  static let reportsUnremovable = Explanation(
    "Old reports cannot be removed",
    meaning: "The folder of a run that was removed from the ledger is still below reports/. The run itself went well.",
    cause: "The folder or a file in it belongs to another user, or the file system is read-only.",
    action: "Put the permissions right; the next run removes the folder.")
}
