import Foundation
import Glibc
import JSON

/// Chromium without a window, driven over a pair of pipes by its own protocol (`--remote-debugging-pipe`).
///
/// Each message is JSON and ends with a NUL byte. The pipes are named ones, since a child process gets no descriptors but
/// the first three from Foundation: the shell that becomes the browser opens them as 3 and 4.
final class Browser {
  /// What went wrong between test and browser.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the browser is; nil when this machine has none.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome"]
    return names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private static let patience: Int32 = 300_000

  private let folder: URL
  private let process = Process()
  private let commands: Int32
  private let answers: Int32
  private var received: [UInt8] = []
  private var number = 0
  /// What the browser told without being asked, by the page's session.
  private var events: [String: [(method: String, params: JSONValue)]] = [:]

  init() throws {
    guard let path = Self.path else { throw Failure(description: "there is no browser") }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (inward, outward) = (folder.appendingPathComponent("in").path, folder.appendingPathComponent("out").path)
    guard mkfifo(inward, 0o600) == 0, mkfifo(outward, 0o600) == 0 else { throw Failure(description: "no pipes") }
    // Both ways, so that opening waits for nobody.
    commands = Glibc.open(inward, O_RDWR | O_CLOEXEC)
    answers = Glibc.open(outward, O_RDWR | O_CLOEXEC)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", #"exec "$0" "$@" 3<"$PIPE_IN" 4>"$PIPE_OUT""#, path] + [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
        "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
      ]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PIPE_IN": inward, "PIPE_OUT": outward, "HOME": folder.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    _ = try? post("Browser.close", .object([]), session: nil)
    let limit = Date().addingTimeInterval(10)
    while process.isRunning && Date() < limit { usleep(20_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    close(commands)
    close(answers)
    try? FileManager.default.removeItem(at: folder)
  }

  /// A page that shows a file, once it is loaded.
  func open(_ file: URL) throws -> BrowserPage {
    let target = try call("Target.createTarget", ["url": "about:blank"])
    let attached = try call(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? .null, "flatten": true])
    let page = BrowserPage(self, session: attached["sessionId"]?.stringValue ?? "")
    try page.load(file)
    return page
  }

  /// Where downloads of `name` go.
  func downloads(_ name: String) -> URL { folder.appendingPathComponent("downloads-\(name)") }

  // MARK: The protocol

  /// Asks for something and waits for the answer.
  @discardableResult
  func call(_ method: String, _ params: JSONValue = .object([]), session: String? = nil) throws -> JSONValue {
    let id = try post(method, params, session: session)
    while true {
      let message = try next()
      guard message["id"]?.numberText == String(id) else {
        note(message)
        continue
      }
      if let error = message.at("error.message")?.stringValue { throw Failure(description: "\(method): \(error)") }
      return message["result"] ?? .null
    }
  }

  /// Waits until the browser has told of an event that fits; gives what it said.
  func wait(for method: String, session: String, where fits: (JSONValue) -> Bool = { _ in true }) throws -> JSONValue {
    while true {
      if let place = events[session]?.firstIndex(where: { $0.method == method && fits($0.params) }),
        let event = events[session]?.remove(at: place)
      {
        return event.params
      }
      note(try next())
    }
  }

  /// What was told of a page so far, without what was waited for.
  func told(_ session: String) throws -> [(method: String, params: JSONValue)] {
    // An answer comes after everything that was told before it.
    try call("Browser.getVersion")
    return events[session] ?? []
  }

  private func note(_ message: JSONValue) {
    guard let method = message["method"]?.stringValue else { return }
    events[message["sessionId"]?.stringValue ?? "", default: []].append((method, message["params"] ?? .null))
  }

  private func post(_ method: String, _ params: JSONValue, session: String?) throws -> Int {
    number += 1
    let message = JSONValue.object(
      [
        JSONMember("id", .number(String(number))), JSONMember("method", .string(method)), JSONMember("params", params),
      ] + (session.map { [JSONMember("sessionId", .string($0))] } ?? []))
    var bytes = message.encoded()[...] + [0]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(commands, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(description: "the browser does not listen") }
      bytes = bytes.dropFirst(count)
    }
    return number
  }

  private func next() throws -> JSONValue {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = Array(received[..<end])
        received.removeSubrange(...end)
        return try JSONValue(parsing: message)
      }
      var state = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, Self.patience) > 0 else { throw Failure(description: "the browser is silent") }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &buffer, buffer.count)
      guard count > 0 else { throw Failure(description: "the browser went away") }
      received += buffer[..<count]
    }
  }
}
