package import Model

/// What was found out about one thing, or why nothing was.
package enum Fact<Value: Sendable>: Sendable {
  /// It was asked for and is known.
  case known(Value)
  /// It was asked for, and this came of it.
  case failed(Failure)
  /// Nobody asked: what it takes was not there.
  case unasked

  /// The value; nil when it is not known.
  package var value: Value? {
    switch self {
    case .known(let value): value
    case .failed, .unasked: nil
    }
  }
}
