/// Bytes that must never be printed: a password, a token, a private key.
///
/// Every description of it is `***`, so that a secret which strays into a message stays unreadable. Only `reveal()`
/// gives the text, and only the code that puts it on the wire calls it.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  /// Wraps the text of a secret as it was read, without its trailing line break.
  package init(_ text: String) {
    self.text = text
  }

  /// The secret itself, for the wire and for nothing else.
  package func reveal() -> String { text }

  /// Whether there is nothing in it.
  package var isEmpty: Bool { text.isEmpty }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
