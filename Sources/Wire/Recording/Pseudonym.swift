import Crypto
import Foundation

/// Puts made-up texts in the place of real ones: of the same shape, and for equal texts under one key the same.
///
/// Letters become letters of the same case and script, digits digits; everything else stays, HTML entities such as
/// `&amp;` and blanks among it. A text of a few words is replaced word by word, so that what the services do to a name –
/// escape it, trim it, put a mark behind it – is the same before and behind the replacement. In a longer text each word
/// depends on all others, lest a note be read by how often its words occur. Two words of one shape never become the
/// same.
struct Pseudonym: Sendable {
  /// Words up to which a text counts as a name.
  private static let maximumWordsOfName = 8

  private let key: SymmetricKey

  /// Replacements under a key; without it they cannot be traced back or foretold.
  init(key: SymmetricKey) {
    self.key = key
  }

  /// The replacement of a text.
  func callAsFunction(_ text: String) -> String {
    let units = MaskedText.units(of: text)
    let endings = MaskedText.lastLabelsOfAddresses(in: units)
    let words = MaskedText.words(in: units, without: endings)
    let context = words.count > Self.maximumWordsOfName ? digest(words.map { units[$0] }) : []
    var spellings = units.map(\.spelling)
    for word in words {
      for (index, scalar) in zip(word, replacement(of: units[word], context)) {
        spellings[index] = units[index].isEntity ? "&#\(scalar.value);" : String(Character(scalar))
      }
    }
    for ending in endings {
      for index in ending { spellings[index] = index == ending.lowerBound ? "example" : "" }
    }
    return spellings.joined()
  }

  /// A permutation of all words of one shape: a Feistel network over the places in their alphabets.
  private func replacement(of word: ArraySlice<MaskedText.Unit>, _ context: [UInt8]) -> [Unicode.Scalar] {
    let letters = word.compactMap(\.letter)
    let shape = letters.flatMap { withUnsafeBytes(of: $0.alphabet.first.value) { Array($0) } }
    var places = letters.map(\.place)
    let middle = places.count / 2
    for round in 0..<4 {
      let (from, to) =
        round.isMultiple(of: 2) ? (0..<middle, middle..<places.count) : (middle..<places.count, 0..<middle)
      let input = context + [UInt8(round)] + shape + places[from].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let shifts = stream(input, count: to.count)
      for (index, shift) in zip(to, shifts) { places[index] = (places[index] + shift) % letters[index].alphabet.count }
    }
    return zip(letters, places).map { $0.scalar(at: $1) }
  }

  /// So many numbers of 16 bits, which the key and the input decide.
  private func stream(_ input: [UInt8], count: Int) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    var block: UInt32 = 0
    while numbers.count < count {
      var code = HMAC<SHA256>(key: key)
      code.update(data: withUnsafeBytes(of: block) { Array($0) })
      code.update(data: input)
      let bytes = Array(code.finalize())
      for pair in stride(from: 0, to: bytes.count, by: 2) where numbers.count < count {
        numbers.append(Int(bytes[pair]) << 8 | Int(bytes[pair + 1]))
      }
      block += 1
    }
    return numbers
  }

  private func digest(_ words: [ArraySlice<MaskedText.Unit>]) -> [UInt8] {
    let text = words.map { String(String.UnicodeScalarView($0.compactMap(\.letter).map(\.folded))) }
    return Array(SHA256.hash(data: Data(text.joined(separator: " ").utf8)))
  }
}
