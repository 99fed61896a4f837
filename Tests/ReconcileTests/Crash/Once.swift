import Model

/// A value that is made when it is asked for first, by whoever asks first.
final class Once<Value: Sendable>: Sendable {
  private let kept = Guarded<Result<Value, any Error>?>(nil)
  private let make: @Sendable () throws -> Value

  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  func get() throws -> Value {
    try kept.withLock { kept in
      if let kept { return kept }
      let result = Result { try make() }
      kept = result
      return result
    }.get()
  }
}
