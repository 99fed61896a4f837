import Foundation
import GRDB
import JSON
import Wire

/// A listener as a child process, beside a workspace and its sandbox.
final class Listener {
  /// Where it takes events.
  let url: String
  private let process = Process()
  private let messages: URL

  /// Starts `webhook listen` in a workspace and waits until it is ready.
  init(_ bench: Workbench, _ arguments: String...) throws {
    let output = Pipe()
    messages = bench.path("listener.log")
    try Data().write(to: messages)
    process.executableURL = Binary.reconcile
    process.arguments = ["webhook", "listen", "--port", "0", "--workspace", bench.folder.path] + arguments
    process.environment = bench.environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    let errors = try FileHandle(forWritingTo: messages)
    defer { try? errors.close() }
    process.standardError = errors
    try process.run()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
    guard let url = try? JSONValue(parsing: line)["url"]?.stringValue else {
      throw SandboxProcess.Refused(message: (try? String(contentsOf: messages, encoding: .utf8)) ?? "")
    }
    self.url = url
  }

  deinit { stop(SIGKILL) }

  /// Ends it by a signal, and tells how it ended: its status, or the signal with a minus.
  @discardableResult
  func stop(_ signal: Int32) -> Int32 {
    if process.isRunning { kill(process.processIdentifier, signal) }
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
  }

  /// What it has said so far.
  var said: String { (try? String(contentsOf: messages, encoding: .utf8)) ?? "" }
}

/// A call as Partner Center, or somebody who pretends to be it, sends it.
struct HookCall {
  var method = Request.Method.post
  var url: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// Replaces a header, or takes it away.
  mutating func set(_ name: String, _ value: String?) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    if let value { headers.append((name, value)) }
  }

  var request: Request { Request(method, url, headers: headers, body: method == .get ? nil : body) }
}

extension Workbench {
  /// The sandbox's roots, and what is believed of its callbacks, in `reconcile.yaml`.
  func believeSandbox() throws {
    let shown = try sandbox.call(.get, "webhooks")
    let stranger = try bytes(sandbox.origin + "/webhook/certificates/other-issuer-root.cer")
    let text = Data(stranger).base64EncodedString(options: .lineLength64Characters)
    try write(
      (shown["root_certificate_pem"]?.stringValue ?? "")
        + "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n", to: "roots.pem")
    try write(
      try self.text("reconcile.yaml") + """

        webhooks:
          certificate_hosts: ["127.0.0.1", "certificates.example.com"]
          certificate_names: ["sandbox-dispatch.example"]
          trusted_certificates: roots.pem

        """, to: "reconcile.yaml")
  }

  /// The body of an event.
  static func event(
    _ name: String = "referral-updated", referral: String, at moment: String = "2026-11-02T08:00:00.0000000+00:00",
    host: String = "https://api.partnercenter.microsoft.com"
  ) -> String {
    #"{"EventName":"\#(name)","ResourceUri":"\#(host)/engagements/v1/referrals/\#(referral)","#
      + #""ResourceName":"referral","AuditUri":null,"ResourceChangeUtcDate":"\#(moment)"}"#
  }

  /// A call that the sandbox has signed, whatever its body is.
  func signed(_ body: String, by certificate: String = "dispatch", to url: String) throws -> HookCall {
    let answer = try sandbox.call(
      .post, "webhooks", ["sign": ["body": .string(body), "certificate": .string(certificate)]])
    let headers = (answer["headers"]?.objectValue ?? []).map { (name: $0.name, value: $0.value.stringValue ?? "") }
    return HookCall(url: url, headers: headers, body: Array(body.utf8))
  }

  /// What waits in the queue: how often each referral was named.
  func queued() throws -> [String: Int] {
    guard FileManager.default.fileExists(atPath: path("state/touched.sqlite").path) else { return [:] }
    let queue = try DatabaseQueue(path: path("state/touched.sqlite").path)
    defer { try? queue.close() }
    return try queue.read { database in
      try Row.fetchAll(database, sql: "SELECT referral, count FROM touched").reduce(into: [:]) { result, row in
        result[row["referral"]] = row["count"]
      }
    }
  }

  private func bytes(_ url: String) throws -> [UInt8] {
    try CurlTransport().send([Request(.get, url)]).first?.get().body ?? []
  }
}

/// Sends a call and gives the status of its answer.
enum HookWire {
  static func send(_ call: HookCall) throws -> Int? { try CurlTransport().send([call.request]).first?.get().status }
}
