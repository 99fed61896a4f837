/// Why a sandbox cannot be started.
package enum SandboxFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder that is to be replayed holds no recording, or a damaged one; the text names file and member.
  case recording(String)
  /// The fault rules that shall hold from the start are none; the text names rule and member.
  case faults(String)

  package var description: String {
    switch self {
    case .recording(let message), .faults(let message): message
    }
  }
}
