import Crypto
import Foundation
import Glibc
import JSON
package import Model

/// A folder with the conversations of a run, each exchange in a file of its own, to be replayed elsewhere.
///
/// Several clients on several threads may share one: the exchanges are numbered in the order of their ends. What the
/// files hold has gone through `Masking`. The folder has the mode 0700, its files 0600, and each appears whole.
package final class Recording: Sendable {
  private struct State {
    var count = 0
    var addresses = ServiceAddresses()
    var secrets: Set<String> = []
    var failure: Failure?
  }

  private let folder: String
  private let key = SymmetricKey(size: .bits256)
  private let state = Guarded(State())

  /// A recording in `folder`, which is made, or is there and empty.
  ///
  /// The settings are written as they are, for whoever replays it: nothing may be in them that is not for others' eyes.
  ///
  /// - Throws: `Failure` with `recordingUnusable`.
  package init(folder: String, settings: [String: String]) throws(Failure) {
    self.folder = folder
    if mkdir(folder, 0o700) != 0 {
      guard errno == EEXIST else { throw Self.unusable(folder, "it cannot be made: \(Self.reason())") }
      guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw Self.unusable(folder, "it is no folder that can be read")
      }
      guard entries.isEmpty else { throw Self.unusable(folder, "it is not empty") }
    }
    guard chmod(folder, 0o700) == 0 else {
      throw Self.unusable(folder, "its mode cannot be set: \(Self.reason())")
    }
    let pairs = settings.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
    let head: JSONValue = ["format": "reconcile-recording", "version": 1, "settings": .object(pairs)]
    try write(head, to: "recording.json")
  }

  /// Why the recording is incomplete; nil as long as every exchange has been written.
  package var failure: Failure? { state.withLock(\.failure) }

  /// Tells what a service's addresses begin with.
  func learn(_ service: ServiceName, _ address: String) {
    state.withLock { $0.addresses.learn(service, address) }
  }

  /// Writes one exchange; after a first failure nothing more, since a gap would not show.
  func add(_ request: Request, _ result: Result<Response, TransportError>, of main: ServiceName) {
    let secrets = RecordedSecrets.prefixes(request, result)
    let (number, masking) = state.withLock { state in
      state.secrets.formUnion(secrets)
      if state.failure == nil { state.count += 1 }
      let masking = Masking(key: key, addresses: state.addresses, secrets: state.secrets)
      return (state.failure == nil ? state.count : 0, masking)
    }
    guard number > 0 else { return }
    let (service, document) = masking.exchange(number, request, result, otherwise: main)
    let digits = String(number)
    let name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    do {
      try write(document, to: "\(name)-\(service.rawValue)-\(request.method.rawValue.lowercased()).json")
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  private func write(_ document: JSONValue, to name: String) throws(Failure) {
    let path = folder + "/" + name
    let temporary = path + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.unusable(folder, "a file cannot be written: \(Self.reason())") }
    var isWritten = Self.write(document.encoded() + [UInt8(ascii: "\n")], to: descriptor)
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, rename(temporary, path) == 0 else {
      let failure = Self.unusable(folder, "a file cannot be written: \(Self.reason())")
      unlink(temporary)
      throw failure
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  private static func reason() -> String { String(cString: strerror(errno)) }

  private static func unusable(_ folder: String, _ why: String) -> Failure {
    Failure(
      .recordingUnusable, "the folder of the recording, \(folder), cannot be used: \(why)",
      fix: "name a folder that does not exist yet, or an empty one")
  }
}
