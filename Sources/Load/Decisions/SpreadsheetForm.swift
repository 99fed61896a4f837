import CSV

/// What a spreadsheet may make of a cell when it saves a file, without changing what the cell says.
///
/// A reviewer edits one column; the program they do it with rewrites the others in its own way. That must not pass for an
/// edit, and an edit must not pass for that: only forms that mean the very same are let through.
enum SpreadsheetForm {
  /// Whether a cell that was found says what was printed.
  static func isSame(_ found: String, as printed: String) -> Bool {
    let (found, printed) = (plain(found), plain(printed))
    guard found != printed, found != CSVText.unguarded(printed) else { return true }
    return isSameNumber(found, printed) || isSameDay(found, printed) || isSameTruth(found, printed)
  }

  /// What the writer and a spreadsheet may change without changing the text: NUL, and how a line within a cell ends.
  static func plain(_ text: String) -> String {
    String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 == "\0" ? "\u{FFFD}" : $0 })
  }

  /// `50000.00` comes back as `50000`, and as `50000,5` where the comma parts decimals.
  private static func isSameNumber(_ found: String, _ printed: String) -> Bool {
    // Behind a comma, three digits may as well be thousands.
    let isThousands = found.wholeMatch(of: /-?[0-9]+,[0-9]{3}/) != nil
    guard !isThousands, let printed = decimal(printed),
      let found = decimal(found.replacing(",", with: ".", maxReplacements: 1))
    else {
      return false
    }
    return found == printed
  }

  /// A decimal number in its shortest form; nil for any other text.
  private static func decimal(_ text: String) -> String? {
    guard let parts = text.wholeMatch(of: /(-?)([0-9]+)(?:\.([0-9]+))?/)?.output else { return nil }
    let whole = parts.2.drop { $0 == "0" }
    let fraction = String((parts.3 ?? "").reversed().drop { $0 == "0" }.reversed())
    let digits = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    return digits == "0" ? "0" : String(parts.1) + digits
  }

  /// `2026-12-31` comes back as `12/31/2026`, `31.12.2026`, `31/12/26` … in the order of the reviewer's country.
  private static func isSameDay(_ found: String, _ printed: String) -> Bool {
    guard let day = printed.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/)?.output,
      let parts = found.wholeMatch(of: /([0-9]{1,4})[-\/. ]+([0-9]{1,2})[-\/. ]+([0-9]{1,4})\.?/)?.output,
      let year = Int(day.1), let month = Int(day.2), let date = Int(day.3),
      let first = Int(parts.1), let second = Int(parts.2), let third = Int(parts.3)
    else { return false }
    let isYear = { (number: Int) in number == year || number == year % 100 }
    return [second, third] == [month, date] && isYear(first)
      || ([first, second] == [month, date] || [first, second] == [date, month]) && isYear(third)
  }

  /// `true` comes back as `TRUE`.
  private static func isSameTruth(_ found: String, _ printed: String) -> Bool {
    ["true", "false"].contains(printed) && found.lowercased() == printed
  }
}
