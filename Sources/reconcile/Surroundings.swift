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

  /// Where it is drawn how far the run has come.
  let progress: ProgressLine
  /// What the services answered: how often which status; 0 for requests without an answer.
  let answers = Guarded<[Side: [Int: Int]]>([:])
  /// Told about every answer, from the thread that asked.
  private let onAnswer: @Sendable (Side, Response) -> Void
  /// Where every exchange is written down; nil for nowhere.
  let recording: Recording?
  /// What objects looked like at their last description; nil to ask afresh.
  let descriptions: DescribeCache?
  private let patience: Patience

  /// The surroundings of a run in its workspace.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  init(_ workspace: OpenWorkspace, recordingTo folder: String?, progress: ProgressLine) throws {
    self.progress = progress
    onAnswer = { _, _ in }
    recording = try folder.map { try Recording(folder: $0, settings: Self.settings(workspace)) }
    let known = DescriptionFolder(in: workspace.folder)
    descriptions = DescribeCache(
      load: { key in
        known.load(key).flatMap { KeptDescription(lastModified: $0.lastModified, document: $0.document) }
      },
      store: known.store)
    patience = .run
  }

  /// The surroundings of a look that keeps nothing.
  init(progress: ProgressLine, onAnswer: @escaping @Sendable (Side, Response) -> Void) {
    self.progress = progress
    self.onAnswer = onAnswer
    recording = nil
    descriptions = nil
    patience = .look
  }

  /// A transport to one service that repeats, tells its waits, and is recorded where that was asked for.
  func transport(of service: RecordedService, mostRequests: Int) -> RetryingTransport {
    let side: Side =
      switch service {
      case .partnerCenter: .partnerCenter
      case .salesforce: .salesforce
      }
    var limits = TransportLimits(for: side)
    var policy = RetryPolicy(for: side)
    policy.mostRequests = mostRequests
    shorten(&limits, &policy)
    var carrier: any Transport = CurlTransport(limits: limits)
    if let recording { carrier = RecordingTransport(carrier, to: recording, service: service) }
    let watched = WatchedTransport(carrier) { [answers, onAnswer] response in
      answers.withLock { $0[side, default: [:]][response?.status ?? 0, default: 0] += 1 }
      if let response { onAnswer(side, response) }
    }
    let transport = RetryingTransport(watched, policy: policy)
    transport.onWait = { [progress] wait in progress.wait(side, wait) }
    return transport
  }

  /// Wipes the progress, and warns when the recording has a gap: it would mislead whoever replays it.
  func end(_ console: Console) {
    progress.end()
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
