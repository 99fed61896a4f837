import ArgumentParser
import Ledger
import Load
import Model
import Transform
import Workspace

/// `reconcile apply`: exactly the changes that were approved.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make exactly the approved changes of a plan.",
    discussion: """
      Reads the decisions back from reports/<run>/changes.csv, or from the file that --decisions names. A record that \
      somebody changed after the snapshot is left alone and planned afresh next time.

      Examples:
        reconcile apply
        reconcile apply --decisions decisions.csv --confirm-irreversible 2
        reconcile apply --resume
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions

  @Argument(help: ArgumentHelp("The run; the newest by default.", valueName: "run")) var runID: String?

  @Option(help: "A CSV file with run_id, seq and decision.", completion: .file()) var decisions: String?

  @Option(help: "Refuse unless the plan has this digest.") var expect: String?

  @Option(help: "Apply only the rows of this referral or opportunity id; may be repeated.") var only: [String] = []

  @Flag(help: "Go on where an earlier apply was interrupted.") var resume = false

  @Option(help: "So many rows that cannot be taken back are meant; needed when there are any.")
  var confirmIrreversible: Int?

  @Option(help: "Confirm the changed mapping: its rows, just so many, are applied where nothing else holds them.")
  var confirmMapping: Int?

  @Option(help: "Lift a safety limit for this run: update, create, close, field or age; may be repeated.")
  var allow: [SafetyLimit] = []

  func validate() throws {
    guard
      !resume || decisions == nil && only.isEmpty && confirmIrreversible == nil && confirmMapping == nil
    else { throw ValidationError("--resume goes on with the decisions that were made; leave the others away") }
    guard confirmMapping == nil || only.isEmpty else {
      throw ValidationError("--confirm-mapping is about all rows of the changed mapping; it does not go with --only")
    }
    if let other = allow.first(where: \.stopsPlan) {
      throw ValidationError("\(other.flag) belongs to plan: apply does not stop at that limit")
    }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "apply")
      let folder = OpenFolder(workspace)
      let ledger = try folder.ledger()
      defer { ledger.seal(holding: lock) }
      let entry = try folder.run(runID, in: ledger, isResumed: resume)
      console.log.begin(entry.id)
      try PlanCheck(entry, mapping: workspace.mapping.digest, expected: expect, isResumed: resume).check(in: ledger)
      // A refusal of the reviewer's file must leave that file alone.
      let work = try resume ? .rest : approved(entry, ledger, workspace)
      try Quiet(workspace).wait(for: ledger, console)
      let surroundings = try Surroundings(
        workspace, recordingTo: recording.record, progress: ProgressLine(console))
      defer { surroundings.end(console) }
      let result = try AppliedRun(workspace: workspace, surroundings: surroundings, interrupt: Interrupt())
        .make(entry, work, in: ledger, console)
      result.print(entry, to: console)
      return result.exit
    }
  }

  /// What the reviewer approved, within the safety limits that were not lifted.
  private func approved(
    _ entry: RunEntry, _ ledger: LedgerFile, _ workspace: OpenWorkspace
  ) throws -> AppliedRun.Work {
    var approval = Approval()
    approval.only = only
    approval.irreversible = confirmIrreversible
    approval.fromMapping = confirmMapping
    let file = decisions ?? workspace.folder.reports(of: entry.id) + "/" + ChangesReport.name
    let decided = try approval.decisions(in: file, run: entry, ledger: ledger)
    try workspace.checkSafety(of: entry, deciding: decided, lifting: allow, in: ledger)
    return .decided(decided, confirmsMapping: confirmMapping != nil)
  }
}

extension SafetyLimit: ExpressibleByArgument {}
