import Model
import Wire
import Workspace

/// What the clients of both services share in one run besides the configuration.
struct Surroundings: Sendable {
  /// How long a service is asked again and waited for.
  enum Patience: Sendable {
    /// A run at night waits until a service is back.
    case run
    /// Somebody waits for the answer.
    case look
  }

  /// Told about every wait, from the thread that waits.
  let onWait: @Sendable (Side, Wait) -> Void
  /// Told about every answer, from the thread that asked.
  let onAnswer: @Sendable (Side, Response) -> Void
  /// Where every exchange is written down; nil for nowhere.
  let recording: Recording?
  /// What objects looked like at their last description; nil to ask afresh.
  let descriptions: DescribeCache?
  private let patience: Patience

  /// The surroundings of a run in its workspace.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  init(_ workspace: OpenWorkspace, recordingTo folder: String?, progress: ProgressLine) throws {
    onWait = progress.wait
    onAnswer = { _, _ in }
    recording = try folder.map { try Recording(folder: $0, settings: Self.settings(workspace)) }
    let known = DescriptionFolder(in: workspace.folder)
    descriptions = DescribeCache(load: known.load, store: known.store)
    patience = .run
  }

  /// The surroundings of a look that keeps nothing.
  init(progress: ProgressLine, onAnswer: @escaping @Sendable (Side, Response) -> Void) {
    onWait = progress.wait
    self.onAnswer = onAnswer
    recording = nil
    descriptions = nil
    patience = .look
  }

  /// A transport to one service that repeats, tells its waits, and is recorded where that was asked for.
  func transport(of service: RecordedService, mostRequests: Int) -> RetryingTransport {
    var (side, limits, policy): (Side, TransportLimits, RetryPolicy) =
      switch service {
      case .partnerCenter: (.partnerCenter, .partnerCenter, RetryPolicy())
      case .salesforce: (.salesforce, TransportLimits(), .salesforce)
      }
    policy.mostRequests = mostRequests
    shorten(&limits, &policy)
    var carrier: any Transport = CurlTransport(limits: limits)
    if let recording { carrier = RecordingTransport(carrier, to: recording, service: service) }
    let transport = RetryingTransport(WatchedTransport(carrier) { [onAnswer] in onAnswer(side, $0) }, policy: policy)
    transport.onWait = { [onWait] wait in onWait(side, wait) }
    return transport
  }

  /// Warns when the recording has a gap: it would mislead whoever replays it.
  func end(_ console: Console) {
    if let failure = recording?.failure { console.warn("the recording is incomplete: \(failure.message)") }
  }

  private func shorten(_ limits: inout TransportLimits, _ policy: inout RetryPolicy) {
    switch patience {
    case .run: break
    case .look:
      limits.connectMilliseconds = 5_000
      limits.totalMilliseconds = 30_000
      limits.lowSpeedSeconds = 20
      policy.attempts = 2
      policy.budget = 4
      policy.capSeconds = 2
      policy.retryAfterCapSeconds = 5
    }
  }

  /// What a replay needs to know of the configuration; nothing of it is secret.
  private static func settings(_ workspace: OpenWorkspace) -> [String: String] {
    workspace.configuration?.settingsOfReplay ?? [:]
  }
}
