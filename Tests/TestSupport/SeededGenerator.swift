import Foundation

/// A small generator whose sequence depends on the seed alone (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A generator of the given seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The seed of the environment variable `SEED`, else a fixed one; printed so that a failure can be replayed.
  package init(named name: String) {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_102
    print("\(name): seed \(seed)")
    self.init(seed: seed)
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in so many times.
  package mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}
