/// A small seeded source of numbers: the same seed gives the same world on every machine.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one record of a seeded population, so that records can be made in any order.
  init(seed: UInt64, stream: UInt64) {
    state = seed
    let mixed = next() ^ (stream &* 0xD1B5_4A32_D192_ED03)
    state = mixed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, but not including, a bound above zero.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True in so many of a hundred cases.
  mutating func percent(_ share: Int) -> Bool { below(100) < share }

  /// One of the elements of a collection that is not empty.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
