package import Foundation

/// What a sandbox is made of.
package struct SandboxOptions: Sendable {
  /// The TCP port on the loopback address; 0 takes any that is free.
  package var port: Int
  /// Decides everything that is random in the seeded world: the same seed gives the same world.
  package var seed: UInt64
  /// How many referrals the own organization has, 0 or more; Microsoft's connected records come on top.
  package var referrals: Int
  /// How many opportunities the org has, 0 or more.
  package var opportunities: Int
  /// How long every request to one of the two services takes at least, in milliseconds.
  package var latencyMilliseconds: Int
  /// Fault rules in force from the start, in the JSON form of `POST /_sandbox/faults`; nil for none.
  package var faults: Data?

  /// The options of a sandbox.
  package init(
    port: Int = 0, seed: UInt64 = 1, referrals: Int = 200, opportunities: Int = 200, latencyMilliseconds: Int = 0,
    faults: Data? = nil
  ) {
    self.port = port
    self.seed = seed
    self.referrals = max(0, referrals)
    self.opportunities = max(0, opportunities)
    self.latencyMilliseconds = max(0, latencyMilliseconds)
    self.faults = faults
  }
}
