/// Why a raw text is no value of its field's type.
package struct UnreadableValue: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence without final stop: `"abc" is not a number`.
  package let description: String

  /// A sentence about a raw text, which is cut to 60 characters.
  init(_ raw: String, _ problem: String) {
    let shown = raw.count > 60 ? raw.prefix(60) + "…" : raw[...]
    description = "\"\(shown)\" \(problem)"
  }
}
