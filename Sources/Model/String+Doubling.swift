extension String {
  /// The text with every `quote` written twice, as literals of OData and cells of CSV want it.
  ///
  /// It looks at scalars, as parsers do: to Swift, a quote with a combining mark behind it is another character than a
  /// quote, and would be left alone.
  package func doubling(_ quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar == quote { result.append(quote) }
      result.append(scalar)
    }
    return String(result)
  }
}
