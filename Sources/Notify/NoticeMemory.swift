import Foundation
import Model
import Workspace

/// What each channel was told, so that the same is not told every night anew.
///
/// A channel is told of a situation when something in it is new, and again when it has lasted: a failure or a safety stop
/// after 20 hours, so once a night however often `run` is called; rows that wait after a week; a token never, since its
/// days come down. What a channel could not be told counts as not told.
struct NoticeMemory: Codable, Equatable {
  /// What a channel was told of an occasion.
  struct Told: Codable, Equatable {
    /// When, as `2026-11-02T08:00:00Z`.
    var at: String
    /// The parts of the situation that it knows of, sorted.
    var situation: [String]
  }

  /// When a run went through last; nil when nobody knows.
  var lastSuccess: String?
  /// By channel and occasion.
  private(set) var told: [String: [String: Told]] = [:]

  /// Nothing told yet.
  init() {}

  /// What a channel is to be told of a night, the most urgent first.
  func due(_ night: Night, _ occasions: Set<Occasion>, to channel: ChannelKind) -> [Occasion] {
    Occasion.allCases.filter { occasions.contains($0) && isDue($0, night, channel) }
  }

  /// Takes in what a channel was told of a night, and forgets what is over.
  mutating func note(_ done: [Occasion], of night: Night, to channel: ChannelKind, _ occasions: Set<Occasion>) {
    let before = lastSuccess.flatMap(Timestamp.parse)
    for occasion in Occasion.allCases {
      let situation = night.situation(occasion, lastSuccess: before)?.sorted()
      if done.contains(occasion), let situation {
        self[channel, occasion] = Told(at: Timestamp.iso(night.ended), situation: situation)
      } else if let situation, let known = self[channel, occasion], Set(situation).isSubset(of: known.situation) {
        // What was decided in between is news when it comes back.
        self[channel, occasion] = Told(at: known.at, situation: situation)
      }
    }
    if night.run != nil, night.waiting == 0 { self[channel, .waiting] = nil }
    if let days = night.tokenDaysLeft, days > Night.tokenDays.max() ?? 0 { self[channel, .token] = nil }
    let isRecoveryOpen = occasions.contains(.recovery) && !done.contains(.recovery)
    if night.isSuccess, !isRecoveryOpen {
      for occasion in [Occasion.failure, .safetyStop] { self[channel, occasion] = nil }
    }
  }

  private func isDue(_ occasion: Occasion, _ night: Night, _ channel: ChannelKind) -> Bool {
    if occasion == .recovery {
      return night.isSuccess && [.failure, .safetyStop].contains { self[channel, $0] != nil }
    }
    guard let situation = night.situation(occasion, lastSuccess: lastSuccess.flatMap(Timestamp.parse)) else {
      return false
    }
    guard let known = self[channel, occasion], situation.isSubset(of: known.situation) else { return true }
    guard let pause = Self.pause(after: occasion), let at = Timestamp.parse(known.at) else { return false }
    // A clock that was set back must not silence anybody.
    let passed = night.ended.timeIntervalSince(at)
    return passed >= pause || passed < -3600
  }

  /// Seconds after which a situation that lasts is told again; nil for never.
  private static func pause(after occasion: Occasion) -> TimeInterval? {
    switch occasion {
    case .safetyStop, .failure: 20 * 3600
    case .waiting: (7 * 24 - 4) * 3600
    case .token, .recovery: nil
    }
  }

  private subscript(channel: ChannelKind, occasion: Occasion) -> Told? {
    get { told[channel.rawValue]?[occasion.rawValue] }
    set {
      told[channel.rawValue, default: [:]][occasion.rawValue] = newValue
      if told[channel.rawValue]?.isEmpty == true { told[channel.rawValue] = nil }
    }
  }
}
