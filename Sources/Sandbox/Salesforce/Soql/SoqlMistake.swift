import Foundation

/// A refused statement, told as the service tells it.
struct SoqlMistake {
  let statement: String
  let cause: Refusal

  /// The refusal; of an unknown object and of bad grammar with the place of the word that is wrong in front.
  var refusal: Refusal {
    let lowered = statement.lowercased()
    guard cause.code == "INVALID_TYPE" || cause.code == "MALFORMED_QUERY", let word = quoted,
      let place = lowered.range(of: word.lowercased(), options: .backwards)
    else { return cause }
    let before = lowered[..<place.lowerBound]
    let row = before.filter(\.isNewline).count + 1
    let column = before.reversed().prefix { !$0.isNewline }.count + 1
    let line = statement.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[row - 1]
    let start = max(0, column - 80)
    let shown = line.dropFirst(start).prefix(120)
    let caret = String(repeating: " ", count: column - 1 - start) + "^"
    var told = cause
    told.message = "\n\(shown)\n\(caret)\nERROR at Row:\(row):Column:\(column)\n\(cause.message)"
    return told
  }

  /// The first word in quotes of the message.
  private var quoted: String? {
    let parts = cause.message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 && !parts[1].isEmpty ? String(parts[1]) : nil
  }
}
