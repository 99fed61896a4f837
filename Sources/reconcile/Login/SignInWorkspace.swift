import Model
import Wire
import Workspace

/// A workspace as far as signing in needs it: its configuration, whatever its mapping may say.
struct SignInWorkspace {
  let folder: WorkspaceFolder
  let configuration: Configuration
  private let console: Console

  /// Reads the configuration.
  ///
  /// - Throws: `Failures` with every mistake of it.
  init(_ options: CommonOptions, console: Console) throws {
    let folder = try WorkspaceFolder.resolve(options.workspace)
    self.folder = folder
    self.console = console
    configuration = try Self.complete { () throws(ConfigurationMistakes) in try Configuration.load(folder) }
    for warning in configuration.credentials.compactMap(\.permissionWarning) { console.warn(warning) }
  }

  /// A part of the configuration that must be whole.
  ///
  /// - Throws: `Failures` with every key that is missing.
  static func complete<Part>(_ part: () throws(ConfigurationMistakes) -> Part) throws -> Part {
    do throws(ConfigurationMistakes) {
      return try part()
    } catch {
      throw Failures(list: error.failures)
    }
  }

  /// A transport to a service, which tells on the terminal what it waits for.
  func transport(to side: Side) -> RetryingTransport {
    let (limits, policy): (TransportLimits, RetryPolicy) =
      switch side {
      case .partnerCenter: (.partnerCenter, RetryPolicy())
      case .salesforce: (TransportLimits(), .salesforce)
      }
    let transport = RetryingTransport(CurlTransport(limits: limits), policy: policy)
    transport.onWait = { [console] wait in console.progress("\(wait)") }
    return transport
  }

  /// A path as a person reads it: relative to the workspace where it lies within.
  func shown(_ path: String) -> String {
    let prefix = folder.path + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
