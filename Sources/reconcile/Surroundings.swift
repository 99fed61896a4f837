import Model
import Wire
import Workspace

/// What the clients of both services share in one run besides the configuration.
struct Surroundings: Sendable {
  /// Told about every wait, from the thread that waits.
  let onWait: @Sendable (Wait) -> Void
  /// What objects looked like at their last description.
  let descriptions: DescribeCache

  /// The surroundings of a run in its workspace.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  init(_ workspace: OpenWorkspace, recordingTo folder: String?, progress: ProgressLine) throws {
    onWait = progress.wait
    let known = DescriptionFolder(in: workspace.folder)
    descriptions = DescribeCache(load: known.load, store: known.store)
  }

  /// A transport to one service that repeats, tells its waits and is recorded where that was asked for.
  ///
  /// `addresses` are the service's own, where it is known beforehand, and that of its sign-in.
  func transport(of side: Side, at addresses: (api: String?, login: String)) -> RetryingTransport {
    let transport = RetryingTransport(CurlTransport(), policy: side == .salesforce ? .salesforce : RetryPolicy())
    transport.onWait = onWait
    return transport
  }

  /// What a replay needs to know of the configuration; nothing of it is secret.
  private static func settings(_ workspace: OpenWorkspace) -> [String: String] {
    workspace.configuration?.settingsOfReplay ?? [:]
  }
}
