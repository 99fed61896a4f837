import Model

/// The letters among which a letter is replaced: of the same kind, and for other scripts from its neighbourhood.
struct Alphabet: Hashable, Sendable {
  /// In lower case where there are cases.
  let scalars: [Unicode.Scalar]

  var count: Int { scalars.count }
  var first: Unicode.Scalar { scalars.first ?? "a" }

  /// A letter or digit at its place in its alphabet.
  struct Letter {
    let alphabet: Alphabet
    let place: Int
    let isUpper: Bool

    /// The letter itself in lower case.
    var folded: Unicode.Scalar { alphabet.scalars[place] }

    /// The letter at another place, in the case of this one.
    func scalar(at place: Int) -> Unicode.Scalar {
      let scalar = alphabet.scalars[place]
      return isUpper ? scalar.properties.uppercaseMapping.unicodeScalars.first ?? scalar : scalar
    }
  }

  /// The place of a letter or digit; nil for anything else, and for a letter that is alone in its alphabet.
  static func letter(_ scalar: Unicode.Scalar) -> Letter? {
    switch scalar {
    case "a"..."z": return Letter(alphabet: latin, place: Int(scalar.value - 0x61), isUpper: false)
    case "A"..."Z": return Letter(alphabet: latin, place: Int(scalar.value - 0x41), isUpper: true)
    case "0"..."9": return Letter(alphabet: digits, place: Int(scalar.value - 0x30), isUpper: false)
    case "\0"..."\u{7F}": return nil
    default: return foreign(scalar)
    }
  }

  private static let latin = Alphabet(scalars: (0x61...0x7A).compactMap { Unicode.Scalar($0) })
  private static let digits = Alphabet(scalars: (0x30...0x39).compactMap { Unicode.Scalar($0) })
  private static let known = Guarded<[Unicode.Scalar: Alphabet]>([:])

  private static func foreign(_ scalar: Unicode.Scalar) -> Letter? {
    let lower = single(scalar.properties.lowercaseMapping) ?? scalar
    let isUpper = lower != scalar && single(lower.properties.uppercaseMapping) == scalar
    let folded = isUpper ? lower : scalar
    let alphabet = known.withLock { known in
      if let alphabet = known[folded] { return alphabet }
      let alphabet = neighbourhood(of: folded)
      known[folded] = alphabet
      return alphabet
    }
    guard alphabet.count > 1, let place = alphabet.scalars.firstIndex(of: folded) else { return nil }
    return Letter(alphabet: alphabet, place: place, isUpper: isUpper)
  }

  /// The letters of one kind among the 256 characters around one; empty for what is no letter or digit.
  private static func neighbourhood(of scalar: Unicode.Scalar) -> Alphabet {
    let kind = scalar.properties.generalCategory
    let isCased = isCased(scalar)
    switch kind {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
      let start = max(0x80, scalar.value & ~0xFF)
      let scalars = (start...(scalar.value | 0xFF)).compactMap { Unicode.Scalar($0) }
      return Alphabet(scalars: scalars.filter { $0.properties.generalCategory == kind && Self.isCased($0) == isCased })
    default: return Alphabet(scalars: [])
    }
  }

  /// Whether a letter goes to upper case and back without a change.
  private static func isCased(_ scalar: Unicode.Scalar) -> Bool {
    guard let upper = single(scalar.properties.uppercaseMapping), upper != scalar else { return false }
    return single(upper.properties.lowercaseMapping) == scalar
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
