import Foundation

/// Seconds since 1970 in the forms in which the two services write them.
struct Stamp: Sendable, Comparable, Hashable {
  let seconds: Int

  init(_ seconds: Int) { self.seconds = seconds }

  /// The moment at which every sandbox starts: 2026-11-02T08:00:00Z.
  static let start = Stamp(1_793_606_400)

  static func < (left: Stamp, right: Stamp) -> Bool { left.seconds < right.seconds }

  func adding(_ more: Int) -> Stamp { Stamp(seconds + more) }

  func adding(days: Int) -> Stamp { Stamp(seconds + days * 86400) }

  /// `2026-11-02`.
  var day: String {
    let date = civil
    return "\(Stamp.padded(date.year, 4))-\(Stamp.padded(date.month, 2))-\(Stamp.padded(date.day, 2))"
  }

  /// `08:00:00`.
  var time: String {
    let rest = ((seconds % 86400) + 86400) % 86400
    return "\(Stamp.padded(rest / 3600, 2)):\(Stamp.padded(rest / 60 % 60, 2)):\(Stamp.padded(rest % 60, 2))"
  }

  /// `2026-11-02T08:00:00Z`, Partner Center's form without fraction.
  var zulu: String { "\(day)T\(time)Z" }

  /// `2026-11-02T08:00:00.000+0000`, the form of Salesforce's REST answers.
  var salesforce: String { "\(day)T\(time).000+0000" }

  /// `Mon, 02 Nov 2026 08:00:00 GMT`, the form of HTTP headers.
  var http: String {
    let date = civil
    let weekday = (((seconds - mod(seconds, 86400)) / 86400 % 7) + 11) % 7
    return
      "\(Stamp.weekdays[weekday]), \(Stamp.padded(date.day, 2)) \(Stamp.months[date.month - 1]) \(date.year) \(time) GMT"
  }

  /// Reads `2026-11-02T08:00:00[.fff](Z|+hh:mm|+hhmm)` or a bare day; nil for anything else.
  init?(iso text: String) {
    let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = halves.first, let day = Stamp.day(first) else { return nil }
    guard halves.count == 2 else {
      self.init(day)
      return
    }
    var clock = halves[1]
    var offset = 0
    if let zone = clock.lastIndex(where: { "+-Z".contains($0) }) {
      let digits = clock[zone...].filter(\.isNumber)
      if clock[zone] != "Z" {
        guard digits.count == 4, let number = Int(digits) else { return nil }
        offset = (number / 100 * 3600 + number % 100 * 60) * (clock[zone] == "-" ? -1 : 1)
      }
      clock = clock[..<zone]
    }
    let parts = clock.split(separator: ":").map { Int($0.split(separator: ".")[0]) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2] else { return nil }
    self.init(day + hour * 3600 + minute * 60 + second - offset)
  }

  /// Reads the form of HTTP headers; nil for anything else.
  init?(http text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 6, let day = Int(parts[1]), let month = Stamp.months.firstIndex(of: String(parts[2])),
      let year = Int(parts[3])
    else { return nil }
    self.init(iso: "\(Stamp.padded(year, 4))-\(Stamp.padded(month + 1, 2))-\(Stamp.padded(day, 2))T\(parts[4])Z")
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Seconds of a day `yyyy-MM-dd`, by Howard Hinnant's days-from-civil.
  private static func day(_ text: Substring) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, text.utf8.count == 10, let year = parts[0], let month = parts[1], let day = parts[2],
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return (era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468) * 86400
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let days = (seconds - mod(seconds, 86400)) / 86400 + 719_468
    let era = days / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted + (shifted < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shifted + 2) / 5 + 1)
  }

  private func mod(_ value: Int, _ bound: Int) -> Int { ((value % bound) + bound) % bound }
}
