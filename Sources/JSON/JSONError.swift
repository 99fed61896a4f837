/// Why a document was refused, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with a document.
  package enum Reason: Hashable, Sendable {
    /// There is nothing but white space.
    case empty
    /// It ends before its last bracket or quote.
    case truncated
    /// Objects and arrays nest deeper than the limit.
    case tooDeep
    /// It has more bytes than the limit, which is given.
    case tooLarge(Int)
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// A control character inside a string.
    case controlCharacter
    /// An unknown escape or half of a surrogate pair.
    case badEscape
    /// A number that JSON does not allow.
    case badNumber
    /// Anything else that JSON does not allow.
    case badSyntax
    /// Text behind the end.
    case trailingText
    /// A name that occurs twice in one object.
    case duplicateName(String)
    /// Where records were due, there is something else: no list, or an element that is no object.
    case notRecords
    /// The file could not be read; the text is the system's.
    case unreadable(String)
    /// The parser found no memory.
    case outOfMemory
  }

  /// What is wrong.
  package let reason: Reason
  /// The byte at which it shows, counted from 0; nil where it is not known.
  package let offset: Int?

  /// An error for `reason` at a byte.
  package init(_ reason: Reason, at offset: Int? = nil) {
    self.reason = reason
    self.offset = offset
  }

  /// The same error in a text of which this document is the part that begins at `base`.
  ///
  /// Where the byte is not known, the beginning of the part stands for it.
  package func shifted(by base: Int) -> JSONError {
    JSONError(reason, at: base + (offset ?? 0))
  }

  /// What is wrong and where, as the end of a sentence.
  package var description: String {
    guard let offset else { return text }
    return "\(text) (byte \(offset))"
  }

  private var text: String {
    switch reason {
    case .empty: "there is nothing in it"
    case .truncated: "it ends too early"
    case .tooDeep: "it nests too deeply"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .invalidUTF8: "it is not valid UTF-8"
    case .controlCharacter: "a string holds an unescaped control character"
    case .badEscape: "a string holds an invalid escape"
    case .badNumber: "a number is malformed"
    case .badSyntax: "it is not valid JSON"
    case .trailingText: "text follows its end"
    case .duplicateName(let name): "the name \"\(name)\" occurs twice in one object"
    case .notRecords: "it is not a list of records"
    case .unreadable(let why): "it cannot be read: \(why)"
    case .outOfMemory: "there is not enough memory for it"
    }
  }
}
