/// A field's value in canonical text, in which two sides are compared.
///
/// Null, absent and empty text are one thing here: no value. A decimal stands without exponent and trailing zeros, a
/// day as `yyyy-MM-dd`, a country and a currency in capitals, a boolean as `true` or `false`.
package struct Value: Hashable, Sendable, CustomStringConvertible {
  /// The canonical text; empty when there is no value.
  package let text: String

  /// A value from text that is canonical already.
  package init(_ text: String) {
    self.text = text
  }

  /// No value.
  package static let none = Value("")

  /// Whether there is no value.
  package var isNone: Bool { text.isEmpty }

  package var description: String { text }
}

/// A value as JSON carries it.
///
/// A number keeps its text: money never passes through binary floating point.
package enum Scalar: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case text(String)
}
