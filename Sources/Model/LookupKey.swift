import Foundation

/// What a neighbour of a deal is looked up by, in one form on both sides.
package enum LookupKey {
  /// An account: company name and postal code, without regard to case and blanks (R45).
  ///
  /// Empty when there is no name.
  package static func account(name: String, postalCode: String) -> String {
    let name = folded(name)
    return name.isEmpty ? "" : name + "|" + folded(postalCode).filter { $0 != " " }
  }

  /// A contact: the e-mail address without regard to case (R50).
  package static func contact(email: String) -> String { folded(email) }

  /// A row of the solution catalogue: its identifier (R94).
  package static func solution(identifier: String) -> String { folded(identifier) }

  /// A lead: the id of the referral that it was made for (R49).
  package static func lead(referral: String) -> String { folded(referral) }

  private static func folded(_ text: String) -> String {
    // Most e-mail addresses and ids: no blank, no control character, nothing to compose.
    if text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) { return text.lowercased() }
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    let composed = isPlain ? text : text.precomposedStringWithCanonicalMapping
    return composed.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
