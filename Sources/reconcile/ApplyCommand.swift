import ArgumentParser
import Foundation
import JSON
import Ledger
import Load
import Model
import Planning
import Transform
import Wire
import Workspace

/// `reconcile apply`: exactly the changes that were approved.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make exactly the approved changes of a plan.",
    discussion: """
      Reads the decisions back from reports/<run>/changes.csv, or from the file that --decisions names. A record that \
      somebody changed after the snapshot is left alone and planned afresh next time.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions

  @Argument(help: ArgumentHelp("The run; the newest by default.", valueName: "run")) var runID: String?

  @Option(help: "A CSV file with run_id, seq and decision.", completion: .file()) var decisions: String?

  @Option(help: "Refuse unless the plan has this digest.") var expect: String?

  @Option(help: "Apply only the rows of this referral or opportunity id; may be repeated.") var only: [String] = []

  @Flag(help: "Go on where an earlier apply was interrupted.") var resume = false

  @Option(help: "Refuse unless just so many rows that cannot be taken back are decided to be applied.")
  var confirmIrreversible: Int?

  @Option(help: "Confirm the changed mapping: its rows, just so many, are applied where nothing else holds them.")
  var confirmMapping: Int?

  func validate() throws {
    guard
      !resume || decisions == nil && only.isEmpty && confirmIrreversible == nil && confirmMapping == nil
    else { throw ValidationError("--resume goes on with the decisions that were made; leave the others away") }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let clock = ContinuousClock()
      let start = clock.now
      let workspace = try OpenWorkspace(common, console: console)
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "apply")
      let folder = OpenFolder(workspace)
      let ledger = try folder.ledger()
      let entry = try folder.run(runID, in: ledger, isResumed: resume)
      try PlanCheck(entry, mapping: workspace.mapping.digest, expected: expect, isResumed: resume).check(in: ledger)
      let progress = ProgressLine(console)
      defer { progress.end() }
      let surroundings = try Surroundings(workspace, recordingTo: recording.record, progress: progress)
      defer { surroundings.end(console) }
      let services = try Services(
        try workspace.requireConfiguration(), needs: [.partnerCenter, .salesforce], surroundings: surroundings)
      let clients = try (partnerCenter: services.makePartnerCenter(), salesforce: services.makeSalesforce())
      let interrupt = Interrupt()
      var context = ApplyContext(
        ledger: ledger, partnerCenter: clients.partnerCenter, salesforce: clients.salesforce)
      context.writeGuard = services.writeGuard
      context.shouldStop = { interrupt.isAsked }
      context.onSettled = progress.settle
      let applier = Applier(context, run: entry.id)
      // A refusal of the reviewer's file must leave that file alone.
      let approved = try resume ? [:] : decided(entry, ledger, workspace)
      if confirmMapping != nil {
        try ledger.write { try $0.setMeta(PlanRun.confirmedMapping, workspace.files.encoded) }
      }
      let outcome = Result { try resume ? applier.resume() : applier.apply(approved) }
      var measures = SummaryReport.Measures()
      measures.cost = [
        .partnerCenter: clients.partnerCenter.counter, .salesforce: clients.salesforce.counter,
      ]
      measures.milliseconds = ["apply": (clock.now - start).milliseconds]
      // Also after a failure: the reports tell what was written before it.
      rewriteReports(entry, ledger, workspace, measures, console)
      _ = consume lock
      let result = try outcome.get()
      result.print(entry, to: console)
      return result.exit
    }
  }

  /// The decisions of the reviewer; rows of other records are held when --only names some.
  private func decided(_ entry: RunEntry, _ ledger: LedgerFile, _ workspace: OpenWorkspace) throws -> [Int: Decision] {
    let file = decisions ?? workspace.folder.reports(of: entry.id) + "/" + ChangesReport.name
    var result = try DecisionsFile.read(file, run: entry, ledger: ledger)
    var irreversible = 0
    var fromMapping = 0
    var confirmed: Set<PairKey> = []
    try ledger.read { transaction in
      try transaction.eachRow(of: entry.number) { row in
        if row.change.code == .fromChangedMapping {
          fromMapping += 1
          let isOpen = (result[row.seq] ?? row.decision) == .hold && row.change.risk.proposal == .apply
          if confirmMapping != nil, isOpen {
            result[row.seq] = .apply
            confirmed.insert(row.key)
          }
        }
        // The mark that was held with its pair's rows goes with them.
        if row.change.action == .mark, confirmed.contains(row.key) { result[row.seq] = .apply }
        let isWanted =
          only.isEmpty || only.contains(row.key.referralID) || only.contains(row.key.opportunityID)
        if !isWanted { result[row.seq] = .hold }
        let decision = result[row.seq] ?? row.decision
        if decision.writes && (row.change.risk == .irreversible || row.change.risk == .terminal) { irreversible += 1 }
      }
    }
    if let confirmed = confirmMapping, confirmed != fromMapping {
      throw Failure(
        .mappingMiscounted, "\(fromMapping) rows come from the changed mapping, and \(confirmed) were confirmed",
        fix: "look at the rows with the code N141 in changes.csv, then confirm their number")
    }
    if let confirmed = confirmIrreversible, confirmed != irreversible {
      throw Failure(
        .irreversibleUnconfirmed,
        "\(irreversible) rows that cannot be taken back are decided to be applied, and \(confirmed) were confirmed",
        fix: "look at them in changes.csv, then confirm their number")
    }
    return result
  }

  private func rewriteReports(
    _ entry: RunEntry, _ ledger: LedgerFile, _ workspace: OpenWorkspace, _ measures: SummaryReport.Measures,
    _ console: Console
  ) {
    do {
      try Reports(entry, ledger: ledger, workspace: workspace, measures: measures).rewrite()
    } catch {
      console.warn("the reports could not be brought up to date: \(error)")
    }
  }
}
