package import Model

/// How the raw texts of both sides become one canonical value, and how a value is written.
package enum ValueTransform: Hashable, Sendable {
  /// Text: without blanks at its ends, line breaks as LF, composed characters.
  case text
  /// A number in plain decimal notation, exact to the last digit.
  case decimal
  /// A calendar day; Partner Center's moment becomes a day in the zone (R97).
  case date(DayZone)
  /// Yes or no; an empty box is no.
  case boolean
  /// A country as its two-letter code (R86, R87).
  case country(CountryTable)
  /// A currency as its three-letter code (R30).
  case currency
  /// A value of a file of `values/`; the value is Partner Center's.
  case map(ValueMap)

  /// The canonical value of a raw text; throws when the text is none of the type.
  package func read(_ raw: String, from side: Side) throws(UnreadableValue) -> Value {
    if case .text = self { return Value(PlainText.canonical(raw, unescapingEntities: side == .partnerCenter)) }
    let text = PlainText.trimmed(raw)
    if text.isEmpty { return emptyValue }
    switch self {
    case .text: return Value(text)
    case .decimal: return try value(DecimalText.canonical(text), of: raw, "is not a number")
    case .date(let zone): return try value(CalendarDay.day(of: text, in: zone), of: raw, "is not a date")
    case .boolean: return try value(Self.boolean(text), of: raw, "is neither true nor false")
    case .country(let table): return try value(table.code(of: text), of: raw, "is not a country")
    case .currency: return try value(CurrencyCodes.canonical(text), of: raw, "is not a currency code of ISO 4217")
    case .map(let map):
      return try value(map.canonical(text, from: side), of: raw, "is not in \(map.place)")
    }
  }

  /// What goes over the wire for a value; null for no value.
  package func write(_ value: Value, to side: Side) -> Scalar {
    guard !value.isNone else { return .null }
    switch self {
    case .text, .country, .currency: return .text(value.text)
    case .decimal: return .number(value.text)
    case .boolean: return .boolean(value.text == "true")
    case .date(let zone):
      switch side {
      case .partnerCenter: return .text(CalendarDay.moment(of: value.text, in: zone) ?? value.text)
      case .salesforce: return .text(value.text)
      }
    case .map(let map): return map.written(value.text, to: side)
    }
  }

  /// What an empty text means: a box that is not ticked, elsewhere no value.
  private var emptyValue: Value {
    if case .boolean = self { Value("false") } else { .none }
  }

  private func value(_ text: String?, of raw: String, _ problem: String) throws(UnreadableValue) -> Value {
    guard let text else { throw UnreadableValue(raw, problem) }
    return Value(text)
  }

  private static func boolean(_ text: String) -> String? {
    switch text.lowercased() {
    case "true", "yes", "1": "true"
    case "false", "no", "0": "false"
    case _: nil
    }
  }
}
