import Foundation
import JSON
import Model
import TestSupport
import Wire
import Workspace

@testable import Notify

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("notify-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path + "/" + name) ?? Data(), as: UTF8.self)
  }
}

/// A workspace whose notices arrive at receivers on this machine.
final class Receivers {
  let folder: TemporaryFolder
  let web: LoopbackServer
  let post: MailReceiver
  var environment: [String: String]
  /// Lines of the section notify, by key.
  var keys: [String: String]

  init(
    web script: @escaping @Sendable (LoopbackServer.Received) -> LoopbackServer.Answer = { _ in .init() },
    mail: @escaping @Sendable (String) -> MailReceiver.Reply? = { _ in nil }
  ) throws {
    folder = try TemporaryFolder()
    web = try LoopbackServer(script)
    post = try MailReceiver(mail)
    environment = [
      "PATH": "/usr/bin:/bin", "HOOK": "\(web.url)/services/T0/secret-path-canary-5f1c",
      "MAIL_USER": "user-canary-77aa",
      "MAIL_PASSWORD": "password-canary-0d3e",
    ]
    keys = [
      "label": "co_sell", "command": "cat > notice.json", "webhook": "env:HOOK",
      "smtp_url": "smtp://127.0.0.1:\(post.port)", "smtp_user": "env:MAIL_USER", "smtp_password": "env:MAIL_PASSWORD",
      "mail_from": "reconcile@example.com", "mail_to": "[sales.operations@example.com, admin@example.org]",
    ]
  }

  deinit {
    web.stop()
    post.stop()
  }

  /// The notifier of the workspace.
  func notifier() throws -> Notifier {
    let lines = keys.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
    let workspace = WorkspaceFolder(folder.path)
    let configuration = try Configuration("notify:\n" + lines, in: workspace)
    let pacing = Pacing(now: { Nights.time() }, sleep: { _ in }, random: { _ in 0 })
    return Notifier(
      try configuration.notices(), memory: NoticeMemoryFile(in: workspace), pacing: pacing, environment: environment)
  }
}
