package import Foundation

/// The name of a run: `YYYYMMDDTHHMMSSZ-xxxx`, UTC and four random letters, so that names sort by time.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as it stands in files and folders.
  package let text: String

  /// Reads a name; nil when it is not of the form, so that a name can be used as a folder without further checks.
  package init?(_ text: String) {
    guard text.wholeMatch(of: Self.pattern) != nil else { return nil }
    self.text = text
  }

  /// A new name for a run that starts at `date`.
  package init(date: Date, using random: inout some RandomNumberGenerator) {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let suffix = String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
    text = Timestamp.compact(date) + "-" + suffix
  }

  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let pattern = /[0-9]{8}T[0-9]{6}Z-[a-z]{4}/

  package var description: String { text }

  package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }
}
