import Testing

@testable import Load

/// What a spreadsheet may do to a cell without anybody having edited it, and what only a person does.
@Suite("Forms of a spreadsheet")
struct SpreadsheetFormTests {
  @Test(
    "the same in another form",
    arguments: [
      ("50000.00", "50000"), ("50000.50", "50000.5"), ("50000.5", "50000,5"), ("-5.50", "-5.5"), ("0.10", "0.1"),
      ("-0.0", "0"), ("5", "5.00"), ("2026-12-31", "12/31/2026"), ("2026-12-31", "31.12.2026"),
      ("2026-12-31", "31/12/26"),
      ("2026-02-03", "3.2.2026"), ("2026-12-31", "2026/12/31"), ("2026-12-31", "31. 12. 2026"), ("true", "TRUE"),
      ("false", "False"), ("'=1+1", "=1+1"), ("'00123", "00123"), ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("", ""),
    ])
  func same(printed: String, found: String) {
    #expect(SpreadsheetForm.isSame(found, as: printed))
  }

  @Test(
    "another value",
    arguments: [
      ("50000.00", "50001"), ("50000.5", "500005"), ("50000", "50,000"), ("5", "-5"), ("5", "5 "),
      ("90110.5", "90110,500"), ("167750", "167750,000"), ("50.00", "50,000"), ("12345", "1.2345E+04"),
      ("2026-12-31", "31.12.2025"), ("2026-12-31", "2026-12-30"), ("2026-02-03", "2026-3-2"), ("true", "false"),
      ("true", "yes"), ("x", ""), ("", "x"), ("=1+1", "'=1+1"), ("a\nb", "a b"), ("1.2.3", "1.2.30"), ("TRUE", "true"),
      ("3/4", "2026-04-03"), ("00123", "123e0"),
    ])
  func other(printed: String, found: String) {
    #expect(!SpreadsheetForm.isSame(found, as: printed))
  }
}
