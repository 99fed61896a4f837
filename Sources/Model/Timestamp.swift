package import Foundation

/// Dates as the services and the files write them.
///
/// Everything is UTC; no locale takes part.
package enum Timestamp {
  /// `2026-11-02T08:00:00Z`, to the second.
  package static func iso(_ date: Date) -> String {
    let part = Calendar.utc.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    return digits(part.year, 4) + "-" + digits(part.month, 2) + "-" + digits(part.day, 2)
      + "T" + digits(part.hour, 2) + ":" + digits(part.minute, 2) + ":" + digits(part.second, 2) + "Z"
  }

  /// `20261102T080000Z`, the time part of a run id.
  package static func compact(_ date: Date) -> String {
    iso(date).filter { $0 != "-" && $0 != ":" }
  }

  /// `Mon, 02 Nov 2026 08:00:00 GMT`, the form of an HTTP date header.
  package static func http(_ date: Date) -> String {
    let part = Calendar.utc.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][((part.weekday ?? 1) - 1) % 7]
    let month = months[((part.month ?? 1) - 1) % 12]
    let time = digits(part.hour, 2) + ":" + digits(part.minute, 2) + ":" + digits(part.second, 2)
    return "\(weekday), \(digits(part.day, 2)) \(month) \(digits(part.year, 4)) \(time) GMT"
  }

  /// Reads the forms in use: 0–9 digits of fraction, `Z`, `+0000` or `+00:00`; nil for anything else.
  package static func parse(_ text: String) -> Date? {
    guard let match = text.wholeMatch(of: pattern)?.output else { return nil }
    var part = DateComponents()
    part.year = Int(match.1)
    part.month = Int(match.2)
    part.day = Int(match.3)
    part.hour = Int(match.4)
    part.minute = Int(match.5)
    part.second = Int(match.6)
    guard let date = Calendar.utc.date(from: part), part.isValidDate(in: .utc), let offset = offset(match.8) else {
      return nil
    }
    let fraction = match.7.flatMap { Double("0" + $0) } ?? 0
    return date.addingTimeInterval(fraction - offset)
  }

  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let pattern =
    /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?/

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func digits(_ number: Int?, _ width: Int) -> String {
    let text = String(number ?? 0)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Seconds east of UTC; nil for hours or minutes that no clock shows.
  private static func offset(_ zone: Substring?) -> TimeInterval? {
    guard let zone, zone.count >= 5 else { return 0 }
    guard let hours = Double(zone.dropFirst().prefix(2)), let minutes = Double(zone.suffix(2)), hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return zone.hasPrefix("-") ? -seconds : seconds
  }
}

extension Calendar {
  /// The Gregorian calendar in UTC, whatever the machine is set to.
  package static let utc: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()
}
