import Model
import Wire
import Workspace

/// What the clients of both services share in one run besides the configuration.
struct Surroundings: Sendable {
  /// Told about every wait, from the thread that waits.
  let onWait: @Sendable (Side, Wait) -> Void
  /// Where every exchange is written down; nil for nowhere.
  let recording: Recording?
  /// What objects looked like at their last description.
  let descriptions: DescribeCache

  /// The surroundings of a run in its workspace.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  init(_ workspace: OpenWorkspace, recordingTo folder: String?, progress: ProgressLine) throws {
    onWait = progress.wait
    recording = try folder.map { try Recording(folder: $0, settings: Self.settings(workspace)) }
    let known = DescriptionFolder(in: workspace.folder)
    descriptions = DescribeCache(load: known.load, store: known.store)
  }

  /// A transport to one service that repeats, tells its waits, and is recorded where that was asked for.
  func transport(of service: RecordedService, mostRequests: Int) -> RetryingTransport {
    var (side, limits, policy): (Side, TransportLimits, RetryPolicy) =
      switch service {
      case .partnerCenter: (.partnerCenter, .partnerCenter, RetryPolicy())
      case .salesforce: (.salesforce, TransportLimits(), .salesforce)
      }
    policy.mostRequests = mostRequests
    var carrier: any Transport = CurlTransport(limits: limits)
    if let recording { carrier = RecordingTransport(carrier, to: recording, service: service) }
    let transport = RetryingTransport(carrier, policy: policy)
    transport.onWait = { [onWait] wait in onWait(side, wait) }
    return transport
  }

  /// Warns when the recording has a gap: it would mislead whoever replays it.
  func end(_ console: Console) {
    if let failure = recording?.failure { console.warn("the recording is incomplete: \(failure.message)") }
  }

  /// What a replay needs to know of the configuration; nothing of it is secret.
  private static func settings(_ workspace: OpenWorkspace) -> [String: String] {
    workspace.configuration?.settingsOfReplay ?? [:]
  }
}
