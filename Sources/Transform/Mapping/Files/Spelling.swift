/// What a person probably meant by a word that is not known.
enum Spelling {
  /// `; did you mean "always"?`, or the list of what is allowed where no word is near.
  static func advice(for word: String, among words: [String]) -> String {
    let suggestion = suggestion(for: word, among: words)
    return suggestion.isEmpty ? "; allowed: " + words.joined(separator: ", ") : suggestion
  }

  /// `; did you mean "always"?`, or nothing where no word is near.
  static func suggestion(for word: String, among words: [String]) -> String {
    closest(to: word, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// The nearest of some words, if fewer than about a third of the letters differ; the first of several equally near.
  static func closest(to word: String, among words: [String]) -> String? {
    let target = Array(word.lowercased().unicodeScalars)
    guard !target.isEmpty, target.count <= 200 else { return nil }
    let limit = max(1, target.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in words {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      guard abs(scalars.count - target.count) <= limit else { continue }
      let distance = distance(target, scalars)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// How many letters must be put in, left out, replaced or swapped with their neighbour.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var older: [Int] = []
    var previous = Array(0...right.count)
    for row in 1..<(left.count + 1) {
      var current = [row]
      for column in 1..<(right.count + 1) {
        let change = left[row - 1] == right[column - 1] ? 0 : 1
        var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + change)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, older[column - 2] + 1)
        }
        current.append(cost)
      }
      older = previous
      previous = current
    }
    return previous[right.count]
  }
}
