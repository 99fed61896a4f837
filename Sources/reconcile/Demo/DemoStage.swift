import Foundation
import JSON
import Model
import Wire

/// Where the demo plays: a sandbox as a process of its own, and a workspace that works against it.
final class DemoStage {
  /// The workspace's folder.
  let folder: URL
  private let isKept: Bool
  private let console: Console
  private let sandbox: Process
  private let origin: String

  /// Starts a sandbox and lays out the workspace.
  init(keep: String?, console: Console) throws {
    self.console = console
    isKept = keep != nil
    folder =
      keep.map { URL(fileURLWithPath: $0, isDirectory: true) }
      ?? FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-demo-\(getpid())", isDirectory: true)
    let existing = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard existing.isEmpty else {
      throw Failure(.workspaceNotEmpty, "\(folder.path) is not empty", fix: "name an empty or a new folder")
    }
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let output = Pipe()
    sandbox = Process()
    sandbox.executableURL = Self.ownBinary
    sandbox.arguments = ["sandbox", "--seed", "7", "--referrals", "30", "--opportunities", "30"]
    sandbox.standardOutput = output
    sandbox.standardInput = FileHandle.nullDevice
    try sandbox.run()
    do {
      let workspace = try SandboxWorkspace(readyLine: Self.line(from: output.fileHandleForReading))
      origin = workspace.origin
      try workspace.write(to: folder)
    } catch {
      sandbox.terminate()
      throw error
    }
  }

  /// Stops the sandbox and removes the workspace unless it is to be kept.
  func close() {
    sandbox.terminate()
    sandbox.waitUntilExit()
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  /// Runs a command of this very program in the workspace, as a person would, and shows what it prints.
  ///
  /// - Throws: when it ends with a status that is not expected.
  @discardableResult
  func reconcile(_ arguments: [String], expecting statuses: [ExitStatus] = [.done]) throws -> ExitStatus {
    console.data("")
    console.title("$ reconcile " + arguments.joined(separator: " "))
    let process = Process()
    process.executableURL = Self.ownBinary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["RECONCILE_WORKSPACE"] = folder.path
    process.environment = environment
    try process.run()
    process.waitUntilExit()
    let status = ExitStatus(rawValue: process.terminationStatus) ?? .error
    guard statuses.contains(status) else {
      throw Failure(
        .serviceFailed, "the demo's own `reconcile \(arguments.joined(separator: " "))` ended with \(status)")
    }
    return status
  }

  /// A user's edit in one of the services.
  func edit(_ body: JSONValue) throws {
    _ = try send(.post, "/_sandbox/edit", body)
  }

  /// Everything that both services hold.
  func state() throws -> JSONValue { try send(.get, "/_sandbox/state", nil) }

  /// The newest run's changes.csv.
  var changes: URL { folder.appendingPathComponent("reports/latest/changes.csv") }

  private func send(_ method: Request.Method, _ path: String, _ body: JSONValue?) throws -> JSONValue {
    let transport = CurlTransport()
    let request = Request(
      method, origin + path, headers: [(name: "Content-Type", value: "application/json")], body: body?.encoded())
    guard let result = transport.send([request]).first else { throw Failure(.unreachable, "the sandbox is gone") }
    let response: Response
    do {
      response = try result.get()
    } catch {
      throw Failure(.unreachable, "the sandbox does not answer: \(error)")
    }
    guard response.status < 300 else {
      throw Failure(.requestRefused, "the sandbox refused \(path): \(String(decoding: response.body, as: UTF8.self))")
    }
    return response.body.isEmpty ? .null : try JSONValue(parsing: response.body)
  }

  private static var ownBinary: URL {
    URL(
      fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        ?? CommandLine.arguments[0])
  }

  /// The first line that a process prints.
  private static func line(from handle: FileHandle) throws -> String {
    var bytes: [UInt8] = []
    while let byte = try handle.read(upToCount: 1)?.first, byte != 0x0A { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
