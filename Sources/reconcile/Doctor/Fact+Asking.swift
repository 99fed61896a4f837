import Model
import Setup
import Wire

extension Fact {
  /// What `ask` gives, or why it gives nothing.
  init(asking ask: () throws -> Value) {
    do {
      self = .known(try ask())
    } catch let failure as Failure {
      self = .failed(failure)
    } catch let error as ServiceError {
      self = .failed(error.failure)
    } catch {
      self = .failed(Failure(.requestRefused, "it cannot be asked for: \(error)"))
    }
  }
}
