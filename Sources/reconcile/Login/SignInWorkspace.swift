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
  /// - Throws: `ConfigurationMistakes` with every mistake of it.
  init(_ options: CommonOptions, console: Console) throws {
    let folder = try WorkspaceFolder.resolve(options.workspace)
    self.folder = folder
    self.console = console
    configuration = try Configuration.load(folder)
    for warning in configuration.credentials.compactMap(\.permissionWarning) { console.warn(warning) }
  }

  /// A transport to a service, which tells on the terminal what it waits for.
  func transport(to side: Side) -> RetryingTransport {
    let transport = RetryingTransport(
      CurlTransport(limits: TransportLimits(for: side)), policy: RetryPolicy(for: side))
    transport.onWait = { [console] wait in console.progress("\(wait)") }
    return transport
  }

  /// A path as a person reads it: relative to the workspace where it lies within.
  func shown(_ path: String) -> String {
    let prefix = folder.path + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
