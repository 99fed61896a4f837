import ArgumentParser
import Foundation
import JSON
import Ledger
import Listen
import Model
import Workspace

/// `reconcile webhook listen`: hears events and queues the referrals that they name, until it is told to stop.
struct WebhookListenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: "Hear events of Partner Center and queue the referrals that they name.",
    discussion: """
      Serves plain HTTP for a proxy that ends the encryption. Prints one JSON line when it is ready, and serves until \
      SIGTERM. It needs no credentials and writes to neither service: `run --touched` looks at what it queued.

      Example:  reconcile webhook listen --port 8787 --path /partner-center
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "The interface: a proxy on this machine reaches 127.0.0.1.") var host = "127.0.0.1"
  @Option(help: "The port; 0 takes any free one.") var port = 8787
  @Option(help: "The path at which events are taken; else that of webhooks.url, else /.") var path: String?

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("a port is at most 65535") }
    guard path?.hasPrefix("/") != false else { throw ValidationError("--path begins with a slash") }
  }

  func run() async throws {
    let console = common.console
    do {
      let folder = try WorkspaceFolder.resolve(common.workspace)
      let configuration = try load(folder)
      let trust = try CertificateTrust(
        file: configuration.trustedCertificates, names: configuration.certificateNames)
      let queue = try TouchedQueue(at: folder.touchedQueue)
      let server = ListenServer(settings(configuration), trust: trust, queue: queue) { Self.tell($0, console) }
      try await server.run { address in
        let line = JSONValue.object([
          JSONMember("message_type", .string("listening")), JSONMember("url", .string(address)),
        ])
        console.data(line.text)
      }
    } catch {
      guard let failures = Failures(error) else { throw error }
      failures.list.forEach(console.report)
      throw ExitCode(failures.exit.rawValue)
    }
  }

  /// What the workspace says of events: the mapping may be wrong, and events are queued all the same.
  private func load(_ folder: WorkspaceFolder) throws -> WebhookConfiguration {
    try Configuration.load(folder).webhooks
  }

  private func settings(_ configuration: WebhookConfiguration) -> ListenSettings {
    var settings = ListenSettings()
    settings.host = host
    settings.port = port
    settings.path = path ?? configuration.url.flatMap { URL(string: $0)?.path }.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
    settings.certificateHosts = configuration.certificateHosts
    settings.resourceHosts = configuration.resourceHosts
    return settings
  }

  private static func tell(_ report: CallReport, _ console: Console) {
    console.say("\(Timestamp.iso(Date())) \(report.line)")
  }
}
