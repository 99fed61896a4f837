package import Model

/// Everything that is wrong with a configuration, found in one pass.
package struct ConfigurationMistakes: Error, Sendable, CustomStringConvertible {
  /// At least one; in the order of the file, then of the environment.
  package let failures: [Failure]

  init(_ failures: [Failure]) {
    self.failures = failures
  }

  /// The failures, one after the other.
  package var description: String { failures.map(\.description).joined(separator: "\n") }
}
