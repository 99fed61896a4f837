import Model
import Setup
import Wire

extension Fact {
  /// What `ask` gives, or why it gives nothing.
  init(asking ask: () throws -> Value) {
    do {
      self = .known(try ask())
    } catch {
      self = .failed(
        Failures(error)?.list.first ?? Failure(.requestRefused, "it cannot be asked for: \(error)"))
    }
  }
}
