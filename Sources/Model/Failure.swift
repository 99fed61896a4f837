/// An error as a person reads it: what happened, where, and what to do, under a stable code.
package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The stable code that `reconcile explain` describes.
  package let code: Code
  /// One sentence that names file, line, field or record.
  package let message: String
  /// What to do about it; nil where the message says it all.
  package let fix: String?

  /// A failure under `code` with its message and, where there is one, its remedy.
  package init(_ code: Code, _ message: String, fix: String? = nil) {
    self.code = code
    self.message = message
    self.fix = fix
  }

  package var description: String {
    guard let fix else { return "\(code.rawValue): \(message)" }
    return "\(code.rawValue): \(message)\n  fix: \(fix)"
  }
}
