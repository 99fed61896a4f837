import Foundation
import Ledger
import Model
import Setup
import Transform
import Workspace

/// Gathers what `doctor` judges: from files, from the ledger, and from both services.
///
/// What fails becomes a fact, so that one trouble hides no other. Nothing is written but a refresh token that a service
/// replaces.
struct Checkup {
  let folder: WorkspaceFolder
  let isOffline: Bool
  private let progress: ProgressLine

  /// A look at a workspace.
  init(_ folder: WorkspaceFolder, isOffline: Bool, progress: ProgressLine) {
    self.folder = folder
    self.isOffline = isOffline
    self.progress = progress
  }

  /// Everything that can be found out now.
  func facts(now: Date) -> DoctorFacts {
    var facts = DoctorFacts(now: now)
    facts.isOffline = isOffline
    let look = WorkspaceLook(folder)
    facts.workspace = look.facts
    facts.ledger = Fact(asking: { try LedgerFile.look(at: folder.ledger) })
    facts.lock = RunLock.words(beside: folder.ledger)
    if let configuration = look.configuration {
      if !isOffline { ask(configuration, &facts) }
      // A sign-in may have renewed the token, so its age is told last.
      facts.workspace.tokenAge = (try? configuration.partnerCenter())?.refreshToken.age(now: now)
    }
    return facts
  }

  /// Asks both services, as far as the configuration says how.
  private func ask(_ configuration: Configuration, _ facts: inout DoctorFacts) {
    let clocks = ServiceClocks()
    let surroundings = Surroundings(progress: progress, onAnswer: clocks.note)
    func services(_ side: Side) throws -> Services {
      try Services(configuration, needs: [side], surroundings: surroundings)
    }
    var sought = Canaries(configuration.safety.canaries)
    if isReady(.partnerCenter, facts.workspace) {
      facts.partnerCenter = PartnerCenterLook { try services(.partnerCenter).makePartnerCenter() }.facts(&sought)
    }
    if isReady(.salesforce, facts.workspace) {
      facts.salesforce = SalesforceLook(
        version: facts.workspace.settings?.apiVersion ?? "", mapping: facts.mapping.value
      ) { try services(.salesforce).makeSalesforce() }.facts(&sought)
    }
    facts.clocks = clocks.ahead
    facts.canaries = sought.facts
  }

  /// Whether a service's keys and secrets are there, so that it can be asked.
  private func isReady(_ side: Side, _ facts: WorkspaceFacts) -> Bool {
    (facts.lacking[side] ?? []).isEmpty && (facts.secrets[side] ?? []).allSatisfy { $0.failure == nil }
  }
}
