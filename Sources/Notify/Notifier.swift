import Foundation
package import Model
package import Wire
package import Workspace

/// Tells people what they are to know of a night, each channel by itself.
///
/// A channel that fails changes nothing for the others, and nothing about the run.
package struct Notifier: Sendable {
  private let configuration: NoticeConfiguration
  private let memory: NoticeMemoryFile
  private let pacing: Pacing
  private let environment: [String: String]

  /// Tells as the configuration says, and remembers in `memory` what was told.
  package init(
    _ configuration: NoticeConfiguration, memory: NoticeMemoryFile, pacing: Pacing = .system,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.configuration = configuration
    self.memory = memory
    self.pacing = pacing
    self.environment = environment
  }

  /// The channels that are configured.
  package var kinds: [ChannelKind] { channels.map(\.kind) }

  /// Tells each channel what it is to know of a night and does not know yet.
  ///
  /// - Returns: what went wrong; none of it is a reason to end otherwise.
  package func tell(_ night: Night) -> [Failure] {
    guard !channels.isEmpty else { return [] }
    let former = memory.load()
    var current = former
    var failures: [Failure] = []
    for channel in channels {
      let due = former.due(night, configuration.occasions, to: channel.kind)
      var done: [Occasion] = []
      if !due.isEmpty {
        let delivery = channel.deliver(notice(due, of: night))
        failures += delivery.failures
        if delivery.wasTold { done = due }
      }
      current.note(done, of: night, to: channel.kind, configuration.occasions)
    }
    if night.isSuccess { current.lastSuccess = Timestamp.iso(night.ended) }
    guard current != former else { return failures }
    do {
      try memory.store(current)
    } catch {
      failures.append(error)
    }
    return failures
  }

  /// Sends a test through each channel and says what became of it.
  package func test() -> [(channel: ChannelKind, delivery: Delivery)] {
    let now = pacing.now()
    let notice = notice([], of: Night(started: now, ended: now, exit: .done))
    return channels.map { ($0.kind, $0.deliver(notice)) }
  }

  private func notice(_ occasions: [Occasion], of night: Night) -> Notice {
    Notice(occasions, of: night, label: configuration.label, details: configuration.details)
  }

  private var channels: [any Channel] {
    var channels: [any Channel] = []
    if let command = configuration.command {
      channels.append(
        CommandChannel(
          command: command, folder: configuration.folder, seconds: configuration.seconds, environment: environment))
    }
    if let webhook = configuration.webhook {
      channels.append(
        WebhookChannel(
          reference: webhook, shape: configuration.webhookShape, seconds: configuration.seconds, pacing: pacing,
          environment: environment))
    }
    if let mail = configuration.mail {
      channels.append(
        MailChannel(
          configuration: mail, seconds: configuration.seconds, now: pacing.now, environment: environment))
    }
    return channels
  }
}
