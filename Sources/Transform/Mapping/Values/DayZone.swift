import Foundation

/// The time zone in which a moment becomes a calendar day (R97).
package struct DayZone: Hashable, Sendable {
  /// The name of the IANA list: `UTC`, `Europe/Berlin`.
  package let identifier: String
  /// Nil for UTC, which needs no look-up.
  private let zone: TimeZone?

  /// Universal time.
  package static let utc = DayZone("UTC")

  /// The zone of a name; universal time when there is none of that name.
  package init(_ identifier: String) {
    let zone = TimeZone(identifier: identifier)
    let isUniversal = zone == nil || ["UTC", "GMT", "Etc/UTC"].contains(identifier)
    self.identifier = isUniversal ? "UTC" : identifier
    self.zone = isUniversal ? nil : zone
  }

  /// Whether it is universal time.
  package var isUniversal: Bool { zone == nil }

  /// Seconds east of universal time at a moment, given in seconds since 1970.
  func offset(at moment: Int) -> Int {
    zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))) ?? 0
  }
}
