import Ledger
import Load
import Model
import Planning
import Transform
import Wire
import Workspace

/// A plan that is applied, or gone on with, and its reports: what `apply` and `run` have in common.
struct AppliedRun {
  let workspace: OpenWorkspace
  let surroundings: Surroundings
  let interrupt: Interrupt

  /// What is done of a plan.
  enum Work {
    /// Everything from the beginning, by these decisions; with them, today's mapping may be confirmed.
    case decided([Int: Decision], confirmsMapping: Bool)
    /// What an earlier process left.
    case rest
  }

  /// Carries out the work and brings the reports up to date, also where it ends early.
  func make(_ entry: RunEntry, _ work: Work, in ledger: LedgerFile, _ console: Console) throws -> ApplyResult {
    let clock = ContinuousClock()
    let start = clock.now
    console.log.begin(entry.id)
    let services = try Services(
      try workspace.requireConfiguration(), needs: [.partnerCenter, .salesforce], surroundings: surroundings)
    let clients = try (partnerCenter: services.makePartnerCenter(), salesforce: services.makeSalesforce())
    var context = ApplyContext(ledger: ledger, partnerCenter: clients.partnerCenter, salesforce: clients.salesforce)
    context.writeGuard = services.writeGuard
    context.lanes = Lanes(.together)
    context.shouldStop = { interrupt.isAsked }
    context.onSettled = surroundings.progress.settle
    let reports = ApplyReports(entry, ledger: ledger, workspace: workspace) {
      var measures = SummaryReport.Measures()
      measures.cost = [.partnerCenter: clients.partnerCenter.counter, .salesforce: clients.salesforce.counter]
      measures.milliseconds = ["apply": (clock.now - start).milliseconds]
      return measures
    }
    context.beforeClosing = reports.close
    let outcome = Result { try carryOut(work, by: Applier(context, run: entry.id), in: ledger) }
    reports.end(console)
    return try outcome.get()
  }

  private func carryOut(_ work: Work, by applier: Applier, in ledger: LedgerFile) throws -> ApplyResult {
    switch work {
    case .decided(let decisions, let confirmsMapping):
      if confirmsMapping {
        try ledger.write { try $0.setMeta(PlanRun.confirmedMapping, workspace.files.encoded) }
      }
      return try applier.apply(decisions)
    case .rest: return try applier.resume()
    }
  }
}
