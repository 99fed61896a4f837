/// Calendar days as `yyyy-MM-dd`, and moments as the services write them.
///
/// Years 1 to 9999, Gregorian throughout.
enum CalendarDay {
  /// The day of a text: `2026-06-29` as it is; a moment such as `2026-06-29T23:00:00Z` as the day it has in the zone.
  ///
  /// A moment without an offset counts as universal time. Nil when the text is neither.
  static func day(of text: String, in zone: DayZone) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let day = dayNumber(bytes[..<10]) else { return nil }
    if bytes.count == 10 { return text }
    guard let seconds = secondsOfDay(bytes[10...]) else { return nil }
    if zone.isUniversal, (0..<secondsPerDay).contains(seconds) { return String(decoding: bytes[..<10], as: UTF8.self) }
    let moment = day * secondsPerDay + seconds
    return written((moment + zone.offset(at: moment)).floored(by: secondsPerDay))
  }

  /// The moment when a day begins in the zone, `2026-06-29T00:00:00Z` for universal time; nil when the text is no day.
  static func moment(of day: String, in zone: DayZone) -> String? {
    let bytes = Array(day.utf8)
    guard bytes.count == 10, let number = dayNumber(bytes[...]) else { return nil }
    if zone.isUniversal { return day + "T00:00:00Z" }
    let local = number * secondsPerDay
    var moment = local - zone.offset(at: local)
    moment = local - zone.offset(at: moment)
    // Where clocks go forward at midnight, the day begins later than its first second.
    while (moment + zone.offset(at: moment)).floored(by: secondsPerDay) < number { moment += 900 }
    guard let date = written(moment.floored(by: secondsPerDay)) else { return nil }
    let rest = moment - moment.floored(by: secondsPerDay) * secondsPerDay
    return date + "T" + digits(rest / 3600, 2) + ":" + digits(rest / 60 % 60, 2) + ":" + digits(rest % 60, 2) + "Z"
  }

  private static let secondsPerDay = 86_400

  // MARK: Reading

  /// Days since 1970-01-01 of `yyyy-MM-dd`.
  private static func dayNumber(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    guard bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D,
      let year = number(bytes[start..<start + 4]), let month = number(bytes[start + 5..<start + 7]),
      let day = number(bytes[start + 8..<start + 10]),
      year >= 1, (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year)
    else { return nil }
    return days(year: year, month: month, day: day)
  }

  /// Seconds of `T23:00:00.1234567+02:00` since midnight, universal time.
  private static func secondsOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    guard bytes.count >= 9, bytes[start] == 0x54 || bytes[start] == 0x74 || bytes[start] == 0x20,
      bytes[start + 3] == 0x3A, bytes[start + 6] == 0x3A,
      let hour = number(bytes[start + 1..<start + 3]), let minute = number(bytes[start + 4..<start + 6]),
      let second = number(bytes[start + 7..<start + 9]), hour < 24, minute < 60, second <= 60
    else { return nil }
    var rest = bytes[(start + 9)...]
    if rest.first == 0x2E {
      let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard let offset = offset(rest) else { return nil }
    return hour * 3600 + minute * 60 + second - offset
  }

  /// Seconds east of `Z`, `+0200`, `+02:00` or nothing.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let sign = bytes.first else { return 0 }
    if sign == 0x5A || sign == 0x7A { return bytes.count == 1 ? 0 : nil }
    guard sign == 0x2B || sign == 0x2D else { return nil }
    let figures = bytes.dropFirst().filter { $0 != 0x3A }
    let hasColon = bytes.count == 6 && bytes[bytes.startIndex + 3] == 0x3A
    guard figures.count == 4, bytes.count == 5 || hasColon,
      let hours = number(figures[..<2]), let minutes = number(figures[2...]), hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == 0x2D ? -seconds : seconds
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  // MARK: The calendar

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01; years begin in March here, so that a leap day is the last of its year.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year.floored(by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// `yyyy-MM-dd` of a number of days since 1970-01-01; nil outside the years 1 to 9999.
  private static func written(_ number: Int) -> String? {
    let shifted = number + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    guard (1...9999).contains(year) else { return nil }
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2)
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension Int {
  /// The quotient rounded down, also for negative numbers.
  fileprivate func floored(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}
