/// The stamps of referrals in the service's own forms.
enum ReferralStamps {
  /// A moment with a fraction of none to seven digits, trailing zeros dropped (S20).
  static func text(_ stamp: Stamp, _ random: inout SplitMix64) -> String {
    let ticks = random.below(10_000_000)
    let kept = random.below(8)
    var fraction = Stamp.padded(ticks, 7).prefix(kept)
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? stamp.zulu : "\(stamp.day)T\(stamp.time).\(fraction)Z"
  }

  /// A moment with a fraction of so many digits, 0 to 7, the last of which is not zero (S20).
  static func text(_ stamp: Stamp, digits: Int, _ random: inout SplitMix64) -> String {
    let ticks = random.below(1_000_000)
    let last = 1 + random.below(9)
    if digits == 0 { return stamp.zulu }
    return "\(stamp.day)T\(stamp.time).\(Stamp.padded(ticks, 6).prefix(digits - 1))\(last)Z"
  }

  /// An entity tag with its inner quotes.
  static func eTag(_ random: inout SplitMix64) -> String {
    let first = hex(random.next(), 8)
    let second = hex(random.next(), 12)
    return "\"\(first)-0000-0800-0000-\(second)\""
  }

  private static func hex(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits.suffix(width)
  }
}
