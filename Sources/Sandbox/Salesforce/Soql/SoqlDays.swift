/// The named ranges of days, such as `LAST_N_DAYS:7` or `THIS_QUARTER`.
struct SoqlDays {
  let today: Stamp

  /// The names that stand alone.
  static let fixed: Set<String> = [
    "TODAY", "YESTERDAY", "TOMORROW", "LAST_WEEK", "THIS_WEEK", "NEXT_WEEK", "LAST_MONTH", "THIS_MONTH", "NEXT_MONTH",
    "LAST_QUARTER", "THIS_QUARTER", "NEXT_QUARTER", "LAST_YEAR", "THIS_YEAR", "NEXT_YEAR", "LAST_90_DAYS",
    "NEXT_90_DAYS",
  ]

  /// The names that take a number.
  static let counted: Set<String> = [
    "LAST_N_DAYS", "NEXT_N_DAYS", "N_DAYS_AGO", "LAST_N_WEEKS", "NEXT_N_WEEKS", "LAST_N_MONTHS", "NEXT_N_MONTHS",
    "LAST_N_QUARTERS", "NEXT_N_QUARTERS", "LAST_N_YEARS", "NEXT_N_YEARS",
  ]

  /// The first day of a range and the first day after it.
  func range(_ name: String, _ count: Int?) -> (start: Stamp, end: Stamp) {
    let count = count ?? 0
    switch name {
    case "YESTERDAY": return days(-1, 0)
    case "TOMORROW": return days(1, 2)
    case "N_DAYS_AGO": return days(-count, 1 - count)
    case "LAST_N_DAYS": return days(-count, 1)
    case "NEXT_N_DAYS": return days(1, count + 1)
    case "LAST_90_DAYS": return days(-90, 1)
    case "NEXT_90_DAYS": return days(1, 91)
    default: break
    }
    let (from, to): (Int, Int) =
      name.hasPrefix("LAST_N")
      ? (-count, 0)
      : name.hasPrefix("NEXT_N")
        ? (1, count + 1)
        : name.hasPrefix("LAST") ? (-1, 0) : name.hasPrefix("NEXT") ? (1, 2) : (0, 1)
    if name.contains("WEEK") { return days(7 * from - weekday, 7 * to - weekday) }
    if name.contains("MONTH") { return months(from, to, of: 1) }
    if name.contains("QUARTER") { return months(from, to, of: 3) }
    if name.contains("YEAR") { return months(from, to, of: 12) }
    return days(0, 1)
  }

  private func days(_ from: Int, _ to: Int) -> (Stamp, Stamp) { (today.adding(days: from), today.adding(days: to)) }

  /// Days since Sunday, the first day of a week.
  private var weekday: Int { (today.seconds / 86400 + 4) % 7 }

  /// Whole months, quarters or years from the one that holds today.
  private func months(_ from: Int, _ to: Int, of size: Int) -> (Stamp, Stamp) {
    let parts = today.day.split(separator: "-").compactMap { Int($0) }
    let current = (parts[0] * 12 + parts[1] - 1) / size * size
    return (first(of: current + from * size), first(of: current + to * size))
  }

  private func first(of month: Int) -> Stamp {
    Stamp(iso: "\(Stamp.padded(month / 12, 4))-\(Stamp.padded(month % 12 + 1, 2))-01") ?? today
  }
}
