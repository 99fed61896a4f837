import Foundation

/// What may stand as the value of a setting.
enum SettingType: Sendable {
  /// Any text but none.
  case text
  /// One of these words, whatever the case.
  case words([String])
  /// A code of ISO 4217, or nothing.
  case currency
  /// A time zone of the IANA list.
  case timeZone
  /// An address that begins with `https://` and holds `{id}`.
  case address

  /// The value in its canonical spelling; throws the sentence that says what is wrong.
  func canonical(_ text: String) throws(MistakenSetting) -> String {
    switch self {
    case .text: return text
    case .words(let words):
      if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return word }
      throw MistakenSetting("unknown value \"\(text)\"", advice: Spelling.advice(for: text, among: words))
    case .currency:
      if let code = CurrencyCodes.canonical(text) { return code }
      throw MistakenSetting("\"\(text)\" is not a currency code of ISO 4217", advice: "")
    case .timeZone:
      if TimeZone(identifier: text) != nil { return text }
      let advice = Spelling.suggestion(for: text, among: TimeZone.knownTimeZoneIdentifiers)
      throw MistakenSetting("unknown time zone \"\(text)\"", advice: advice)
    case .address:
      if text.hasPrefix("https://"), text.contains("{id}"), !text.contains(where: \.isWhitespace) { return text }
      throw MistakenSetting("\"\(text)\" must begin with https:// and hold {id}", advice: "")
    }
  }
}

/// Why a text cannot be the value of a setting.
struct MistakenSetting: Error {
  let message: String

  init(_ problem: String, advice: String) {
    message = problem + advice
  }
}
