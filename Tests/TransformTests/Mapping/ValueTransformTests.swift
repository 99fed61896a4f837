import Foundation
import Model
import TestSupport
import Testing
import Transform

/// The canonical text of a raw one, or what is wrong with it.
func read(_ transform: ValueTransform, _ raw: String, from side: Side = .salesforce) -> String {
  do throws(UnreadableValue) {
    return try transform.read(raw, from: side).text
  } catch {
    return "! " + error.description
  }
}

@Suite("Text values")
struct TextValueTests {
  @Test(
    "Partner Center's entities are put back, once; blanks and line breaks are unified; characters are composed",
    arguments: [
      ("", ""), (" \t\n ", ""), ("Northwind &amp; Sons Ltd ", "Northwind & Sons Ltd"), ("&amp;lt;", "&lt;"),
      ("&#39;x&#x27;", "'x'"), ("&#X41;", "A"), ("&quot;a&quot; &lt;b&gt;", "\"a\" <b>"), ("AT&T", "AT&T"),
      ("a & b", "a & b"),
      ("&unknown;", "&unknown;"), ("&#0;", "&#0;"), ("&#xD800;", "&#xD800;"), ("&#x110000;", "&#x110000;"),
      ("&#;", "&#;"), ("&#x;", "&#x;"), ("&#-5;", "&#-5;"), ("&#xx41;", "&#xx41;"), ("&amp", "&amp"), ("&", "&"),
      ("a&nbsp;", "a"), ("\u{A0}x\u{2003}", "x"), ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"), ("e\u{301}", "\u{E9}"),
      ("ﬁ", "ﬁ"),
      ("😀", "😀"), ("x\u{2028}y", "x\u{2028}y"),
    ])
  func partnerCenter(raw: String, text: String) {
    #expect(Array(read(.text, raw, from: .partnerCenter).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("texts of any letters are trimmed and composed as Unicode says, whatever the quick look at their bytes shows")
  func anyLetters() {
    let pieces = [
      "a", "Z", " ", "\t", "\u{85}", "\u{A0}", "\u{AD}", "\u{C0}", "ß", "ü", "\u{2FF}", "\u{300}", "\u{301}",
      "e\u{301}", "\u{340}", "\u{390}", "Ж", "\u{2003}", "ﬁ", "\u{212B}", "한", "\u{1100}\u{1161}", "😀", "\r", "\n",
    ]
    for first in pieces {
      for middle in pieces {
        for last in pieces {
          let raw = first + middle + last
          let lines = raw.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
          var kept = Array(lines.unicodeScalars)
          while kept.first?.properties.isWhitespace == true { kept.removeFirst() }
          while kept.last?.properties.isWhitespace == true { kept.removeLast() }
          let text = String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
          #expect(Array(read(.text, raw).unicodeScalars) == Array(text.unicodeScalars), "\(raw.debugDescription)")
        }
      }
    }
  }

  @Test("Salesforce's text has no entities", arguments: ["Northwind &amp; Sons", "&#39;", "&lt;b&gt;"])
  func salesforce(raw: String) {
    #expect(read(.text, raw) == raw)
  }

  @Test("reading what was read changes nothing", arguments: ["a\r\nb", " x ", "e\u{301}", "O’Neil & Söhne"])
  func stable(raw: String) {
    let once = read(.text, raw)
    #expect(read(.text, once) == once)
  }
}

@Suite("Decimal values")
struct DecimalValueTests {
  @Test(
    "plain notation, exact to the last digit",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.000", "0"), ("00012", "12"), ("1000.0", "1000"), ("1000.10", "1000.1"),
      ("9.12260031E8", "912260031"), ("1e3", "1000"), ("1E+3", "1000"), ("12.5e-3", "0.0125"), ("0e9", "0"),
      (".5", "0.5"), ("5.", "5"),
      ("+7", "7"), ("-12.340", "-12.34"), ("10", "10"), ("9.0", "9"), ("9.5", "9.5"), ("90.00", "90"), ("1.", "1"),
      ("999999999999999", "999999999999999"), ("1234567890123456.0", "1234567890123456"), (" 42 ", "42"),
      ("100000000000000000000000000000000000000.1", "100000000000000000000000000000000000000.1"),
      ("0.1", "0.1"), ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
    ])
  func readable(raw: String, text: String) {
    #expect(read(.decimal, raw) == text)
    #expect(read(.decimal, text) == text)
    #expect(read(.decimal, raw, from: .partnerCenter) == text)
  }

  @Test(
    "anything else is no number",
    arguments: [
      "abc", "1,000", "1.2.3", "--1", "+-1", "1e", "1e+", "e5", ".", "-", "1 000", "NaN", "inf", "0x10", "1e99999",
      "1e400000", "١",
    ])
  func unreadable(raw: String) {
    #expect(read(.decimal, raw) == "! \"\(raw)\" is not a number")
  }

  @Test("a number goes over the wire as a number with its own digits", arguments: Side.allCases)
  func written(side: Side) {
    #expect(ValueTransform.decimal.write(Value("912260031.25"), to: side) == .number("912260031.25"))
    #expect(ValueTransform.decimal.write(.none, to: side) == .null)
  }

  @Test("5,000 random numbers survive exponents and zeros put around them")
  func property() {
    var random = SeededGenerator(named: "decimals")
    for _ in 0..<5_000 {
      let digits = (0..<Int.random(in: 1...20, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random))
      }.joined()
      let shift = Int.random(in: -30...30, using: &random)
      let canonical = read(.decimal, "\(digits)e\(shift)")
      #expect(read(.decimal, canonical) == canonical)
      #expect(read(.decimal, "00\(canonical)e0") == canonical)
      #expect(read(.decimal, "\(canonical)E\(-shift)") == read(.decimal, digits))
      #expect(!canonical.contains("e") && !canonical.hasSuffix("."))
    }
  }
}

@Suite("Booleans, countries, currencies, maps")
struct WordValueTests {
  private func transform(_ field: ReservedField) throws -> ValueTransform {
    try load([:]).get().field(field).transform
  }

  @Test(
    "booleans; an empty box is no",
    arguments: [
      ("true", "true"), ("TRUE", "true"), ("1", "true"), ("False", "false"), ("0", "false"), ("", "false"),
      ("maybe", "! \"maybe\" is neither true nor false"),
    ])
  func booleans(raw: String, text: String) {
    #expect(read(.boolean, raw) == text)
    #expect(read(.boolean, raw, from: .partnerCenter) == text)
  }

  @Test("booleans go over the wire as booleans", arguments: Side.allCases)
  func booleansWritten(side: Side) {
    #expect(ValueTransform.boolean.write(Value("true"), to: side) == .boolean(true))
    #expect(ValueTransform.boolean.write(Value("false"), to: side) == .boolean(false))
  }

  @Test(
    "R86, R87: countries by code of two or three letters or by name, whatever case, accents and punctuation",
    arguments: [
      ("de", "DE"), (" US ", "US"), ("USA", "US"), ("U.S.A.", "US"), ("united states", "US"), ("DEU", "DE"),
      ("Deutschland", "DE"),
      ("Germany", "DE"), ("Alemania", "DE"), ("United Kingdom", "GB"), ("UK", "GB"), ("Great Britain", "GB"),
      ("Schweiz", "CH"), ("SUISSE", "CH"),
      ("Cote d'Ivoire", "CI"), ("CÔTE D’IVOIRE", "CI"), ("Korea, Republic of", "KR"), ("South Korea", "KR"),
      ("Österreich", "AT"), ("osterreich", "AT"), ("Türkiye", "TR"),
      ("Turkey", "TR"), ("Holland", "NL"), ("The Netherlands", "NL"), ("Czech Republic", "CZ"), ("Czechia", "CZ"),
      ("日本", "JP"), ("Russian Federation", "RU"), ("Viet Nam", "VN"), ("Hong Kong", "HK"), ("", ""),
      ("XX", "! \"XX\" is not a country"), ("Atlantis", "! \"Atlantis\" is not a country"),
    ])
  func countries(raw: String, code: String) throws {
    let transform = try transform(.customerCountry)
    #expect(read(transform, raw) == code)
    #expect(read(transform, raw, from: .partnerCenter) == code)
    #expect(transform.write(Value("DE"), to: .salesforce) == .text("DE"))
  }

  @Test("all 249 codes have a first name, no name stands for two codes, and every name is read as its code")
  func countryTable() throws {
    let transform = try transform(.customerCountry)
    let rows = starter("values/countries.csv").split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    var codes: Set<String> = []
    for row in rows {
      let code = String(row.prefix(2))
      let name = row.dropFirst(3).trimmingCharacters(in: ["\""])
      codes.insert(code)
      #expect(read(transform, name) == code, "\(name)")
      #expect(read(transform, code) == code)
    }
    #expect(codes.count == 249)
  }

  @Test("R87: with map:countries.csv an org keeps names: codes and all names are read, the first name is written")
  func countryNames() throws {
    let files = starter("fields.csv", replacing: "create,create,country", with: "create,create,map:countries.csv")
    let transform = try load(files).get().field(.customerCountry).transform
    #expect(read(transform, "Deutschland") == "DE")
    #expect(read(transform, "de", from: .partnerCenter) == "DE")
    #expect(transform.write(Value("DE"), to: .salesforce) == .text("Germany"))
    #expect(transform.write(Value("DE"), to: .partnerCenter) == .text("DE"))
  }

  @Test(
    "R30: currencies of ISO 4217 in capitals",
    arguments: [
      ("eur", "EUR"), (" USD", "USD"), ("", ""), ("EURO", "! \"EURO\" is not a currency code of ISO 4217"),
      ("XYZ", "! \"XYZ\" is not a currency code of ISO 4217"), ("€", "! \"€\" is not a currency code of ISO 4217"),
    ])
  func currencies(raw: String, code: String) {
    #expect(read(.currency, raw) == code)
  }

  @Test(
    "R80, R81: the six kinds of help, whatever the case; Unknown is no value",
    arguments: [
      ("WorkloadSpecificValueProposition", "Workload specific value proposition"),
      ("CustomerTechnicalArchitecture", "CUSTOMER TECHNICAL ARCHITECTURE"),
      ("ProofOfConceptOrDemo", "Proof Of Concept or Demo"),
      ("QuotesOrLicensing", "quotes or licensing"), ("PostSalesCustomerSuccess", "Post Sales Customer Success"),
      ("GeneralOrOther", "General or other"), ("", ""),
    ])
  func help(code: String, label: String) throws {
    let transform = try transform(.microsoftHelp)
    #expect(read(transform, label) == code)
    #expect(read(transform, code.lowercased(), from: .partnerCenter) == code)
    #expect(read(transform, "Unknown", from: .partnerCenter) == "")
    let written = transform.write(Value(code), to: .salesforce)
    #expect(written == .null || written == .text(label.capitalized.replacingOccurrences(of: " Or ", with: " or ")))
    #expect(transform.write(Value(code), to: .partnerCenter) == (code.isEmpty ? .null : .text(code)))
  }

  @Test("an unknown text is not in the map, and neither is the other side's word")
  func unknownWords() throws {
    let transform = try transform(.microsoftHelp)
    #expect(read(transform, "Free beer") == "! \"Free beer\" is not in values/help-types.csv")
    #expect(read(transform, "GeneralOrOther") == "! \"GeneralOrOther\" is not in values/help-types.csv")
  }

  @Test("a long text is cut in the message")
  func longText() {
    let raw = String(repeating: "x", count: 500)
    #expect(read(.decimal, raw) == "! \"\(raw.prefix(60))…\" is not a number")
  }
}
