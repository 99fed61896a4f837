/// Where a field lies in a referral: one dotted path, or several of which the first with a text is read.
package struct ReferralPath: Hashable, Sendable, CustomStringConvertible {
  /// The paths, in order of preference; empty when the row has no path.
  package let alternatives: [String]

  /// Reads `details.dealValue` or `address.state|address.region`; blanks around a path are dropped.
  package init(_ text: String) {
    alternatives = text.split(separator: "|").map { $0.trimming(where: \.isWhitespace) }.filter { !$0.isEmpty }
  }

  /// The paths parted by `|`, as `Record.first(of:)` takes them.
  package var description: String { alternatives.joined(separator: "|") }

  /// The path that is written; nil when there is none.
  package var written: String? { alternatives.first }

  /// Whether the row has no path.
  package var isEmpty: Bool { alternatives.isEmpty }
}

extension StringProtocol {
  /// The text without the characters at both ends that satisfy `isDropped`.
  func trimming(where isDropped: (Character) -> Bool) -> String {
    var rest = self[...]
    while let first = rest.first, isDropped(first) { rest = rest.dropFirst() }
    while let last = rest.last, isDropped(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
