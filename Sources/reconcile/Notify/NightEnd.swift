import Foundation
import Ledger
import Model
import Notify
import Workspace

/// What follows a night, however it ended: metrics for the monitoring, notices for people.
///
/// Nothing of it changes how the process ends: what goes wrong is warned of.
struct NightEnd {
  private let folder: WorkspaceFolder
  private let console: Console

  /// The end of a night of a workspace.
  init(in folder: WorkspaceFolder, console: Console) {
    self.folder = folder
    self.console = console
  }

  /// Tells a night to everybody whom the configuration names; one that cannot be read names nobody.
  func tell(_ night: Night) {
    guard let configuration = try? Configuration.load(folder) else { return }
    var night = night
    night.tokenDaysLeft = night.tokenDaysLeft ?? configuration.tokenDaysLeft(now: night.ended)
    for failure in write(night, configuration) + notify(night, configuration) { console.warn("\(failure)") }
  }

  private func write(_ night: Night, _ configuration: Configuration) -> [Failure] {
    guard let path = configuration.metricsFile else { return [] }
    do throws(Failure) {
      try Metrics(night, label: configuration.label).write(to: path)
      return []
    } catch {
      return [error]
    }
  }

  private func notify(_ night: Night, _ configuration: Configuration) -> [Failure] {
    do throws(ConfigurationMistakes) {
      return Notifier(try configuration.notices(), memory: NoticeMemoryFile(in: folder)).tell(night)
    } catch {
      return error.failures
    }
  }
}

extension Night {
  /// Takes in which rows wait for a person, so that a notice knows what is new.
  mutating func take(_ rows: WaitingRows) {
    waitingRows = rows.digests
    waitingDeals = rows.names
  }
}
