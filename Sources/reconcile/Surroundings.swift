import Model
import Wire
import Workspace

/// What the clients of both services share in one run besides the configuration.
struct Surroundings: Sendable {
  /// Where it is drawn how far the run has come.
  let progress: ProgressLine
  /// What the services answered: how often which status; 0 for requests without an answer.
  let answers = Guarded<[Side: [Int: Int]]>([:])
  /// Where every exchange is written down; nil for nowhere.
  let recording: Recording?
  /// What objects looked like at their last description.
  let descriptions: DescribeCache

  /// The surroundings of a run in its workspace.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  init(_ workspace: OpenWorkspace, recordingTo folder: String?, progress: ProgressLine) throws {
    self.progress = progress
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
    let counting = CountingTransport(carrier) { [answers, side] status in
      answers.withLock { $0[side, default: [:]][status ?? 0, default: 0] += 1 }
    }
    let transport = RetryingTransport(counting, policy: policy)
    transport.onWait = { [progress, side] wait in progress.wait(side, wait) }
    return transport
  }

  /// Wipes the progress, and warns when the recording has a gap: it would mislead whoever replays it.
  func end(_ console: Console) {
    progress.end()
    if let failure = recording?.failure { console.warn("the recording is incomplete: \(failure.message)") }
  }

  /// What a replay needs to know of the configuration; nothing of it is secret.
  private static func settings(_ workspace: OpenWorkspace) -> [String: String] {
    workspace.configuration?.settingsOfReplay ?? [:]
  }
}
