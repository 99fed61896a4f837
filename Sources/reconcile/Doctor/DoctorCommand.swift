import ArgumentParser
import Foundation
import Model
import Setup
import Workspace

/// `reconcile doctor`: every precondition that can be checked, each with its fix.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check everything that a run depends on, and say how to mend it.",
    discussion: """
      Looks at configuration, mapping, secrets, file modes, clock, disk and ledger, signs in to both services, and asks them \
      what they are. Each check runs whether or not another one failed; one that cannot be made says why. Writes nothing \
      (a refresh token that the service renews is kept) and takes no lock.

      Ends with 0 when nothing is an error, else by the first error: 7 sign-in or permission, 65 configuration or mapping, \
      5 what would stop a run, 1 anything else.

      Example:  reconcile doctor --workspace /srv/cosell
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Ask no service: only the checks of this machine.") var offline = false
  @Flag(help: "Say of every check why it matters, not only of those that are not ok.") var why = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let folder = try WorkspaceFolder.resolve(common.workspace)
      let progress = ProgressLine(console)
      let facts = Checkup(folder, isOffline: offline, progress: progress).facts(now: Date())
      progress.end()
      let diagnosis = Diagnosis(facts)
      DoctorReport(diagnosis, tellsWhy: why).print(to: console)
      return diagnosis.exitStatus
    }
  }
}
