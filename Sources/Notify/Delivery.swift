package import Model

/// What became of a notice on one channel.
package struct Delivery: Sendable, Equatable {
  /// Whether anybody was told.
  package let wasTold: Bool
  /// What went wrong; mail may reach some recipients and not others.
  package let failures: [Failure]

  /// Everybody was told.
  static let done = Delivery(wasTold: true, failures: [])

  /// Nobody was told.
  static func failed(_ failure: Failure) -> Delivery { Delivery(wasTold: false, failures: [failure]) }
}

/// A way in which people are told.
protocol Channel {
  /// Which one it is.
  var kind: ChannelKind { get }
  /// Tells a notice; it must come back within the time that the configuration gives it, whatever is at the other end.
  func deliver(_ notice: Notice) -> Delivery
}
