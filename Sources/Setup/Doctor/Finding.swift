package import Model

/// What came of one check.
package struct Finding: Sendable, Hashable {
  /// How much it matters.
  package enum Level: String, CaseIterable, Sendable {
    /// All is well.
    case ok
    /// A run works, and something is worth mending.
    case warning
    /// A run fails, or does harm.
    case error
    /// It could not be looked at.
    case notChecked = "not checked"
  }

  /// The precondition that was checked.
  package let check: Precondition
  /// How much it matters.
  package let level: Level
  /// What was found, in a sentence without a full stop.
  package let what: String
  /// The code that explains it; nil unless it is a warning or an error.
  package let code: Code?
  /// What to do; nil unless it is a warning or an error.
  package let fix: String?
}

extension Precondition {
  /// All is well with it.
  func ok(_ what: String) -> Finding { Finding(check: self, level: .ok, what: what, code: nil, fix: nil) }

  /// Something is worth mending.
  func warning(_ code: Code, _ what: String, fix: String) -> Finding {
    Finding(check: self, level: .warning, what: what, code: code, fix: fix)
  }

  /// A run fails, or does harm.
  func error(_ code: Code, _ what: String, fix: String) -> Finding {
    Finding(check: self, level: .error, what: what, code: code, fix: fix)
  }

  /// A run fails of this; what has no remedy of its own gets that of its code.
  func error(_ failure: Failure) -> Finding {
    error(failure.code, failure.message, fix: failure.fix ?? failure.code.explanation.action)
  }

  /// It could not be looked at.
  func notChecked(_ reason: String) -> Finding {
    Finding(check: self, level: .notChecked, what: reason, code: nil, fix: nil)
  }

  /// The findings of a fact: what `judge` says of its value, or why there is none.
  func findings<Value>(_ fact: Fact<Value>, _ judge: (Value) -> [Finding]) -> [Finding] {
    switch fact {
    case .known(let value): judge(value)
    case .failed(let failure): [error(failure)]
    case .unasked: [notChecked("what it takes was not there")]
    }
  }
}

extension [Finding] {
  /// These findings, or one that all is well when there are none.
  func orOK(_ what: String, of check: Precondition) -> [Finding] { isEmpty ? [check.ok(what)] : self }
}
