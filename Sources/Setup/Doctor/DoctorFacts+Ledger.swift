import Foundation
import Ledger
import Model
import Workspace

// The ledger, its lock and its runs.
extension DoctorFacts {
  var ledgerFindings: [Finding] {
    let check = Precondition.ledger
    return check.findings(ledger) { look in
      guard let look else { return [check.ok("there is none yet; the first plan makes it")] }
      if look.isOlder { return [check.ok("whole, of an earlier release; the next run brings it up to date")] }
      return [check.ok("seal, schema and pages are as they were left")]
    }
  }

  var partyFindings: [Finding] {
    let check = Precondition.parties
    return check.findings(ledger) { look in
      let known = look?.parties ?? [:]
      let configured = workspace.settings?.parties ?? [:]
      return Side.allCases.compactMap { side in
        guard let made = known[side], let named = configured[side], made != named else { return nil }
        return check.error(
          .ledgerOtherOrg, "the ledger belongs to \(made) in \(side.title), and reconcile.yaml names \(named)",
          fix: "give each org a workspace of its own, or put reconcile.yaml right")
      }.orOK(known.isEmpty ? "none is noted yet" : "the ledger belongs to those that are configured", of: check)
    }
  }

  var lockFindings: [Finding] {
    guard let lock else { return [Precondition.lock.ok("no run is at work")] }
    return [
      Precondition.lock.warning(
        .ledgerLocked, "a run is at work: \(lock)", fix: "wait until it ends; the lock goes with its process")
    ]
  }

  var unfinishedApplyFindings: [Finding] {
    let check = Precondition.unfinishedApply
    return check.findings(ledger) { look in
      guard let run = look?.unfinished else { return [check.ok("none")] }
      return [
        check.warning(
          .applyUnfinished, "apply of \(run.id) was begun and not finished",
          fix: "reconcile apply \(run.id) --resume")
      ]
    }
  }

  var waitingPlanFindings: [Finding] {
    let check = Precondition.waitingPlan
    return check.findings(ledger) { look in
      guard let run = look?.newest, run.state == .planned else { return [check.ok("no plan waits")] }
      let most = workspace.settings?.safety.maximumPlanAgeHours
      guard let started = Timestamp.parse(run.started) else {
        return [check.warning(.planTooOld, "the age of the plan \(run.id) cannot be told", fix: Self.newPlan)]
      }
      let hours = max(0, Int(now.timeIntervalSince(started) / 3600))
      guard let most, hours >= most else {
        return [check.ok("the plan \(run.id) is \(hours == 1 ? "1 hour" : "\(hours) hours") old")]
      }
      return [
        check.warning(
          .planTooOld, "the plan \(run.id) is \(hours) hours old, and apply takes none of more than \(most)",
          fix: Self.newPlan)
      ]
    }
  }

  private static let newPlan = "make a new one with reconcile plan"
}
