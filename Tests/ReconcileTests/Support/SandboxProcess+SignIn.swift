import JSON
import Wire

extension SandboxProcess {
  /// Makes Partner Center otherwise.
  func partnerCenter(_ switches: JSONValue) throws { _ = try call(.post, "partner-center", ["set": switches]) }

  /// The device codes so far, oldest first.
  func deviceCodes() throws -> [JSONValue] { try call(.get, "device")["codes"]?.arrayValue ?? [] }

  /// A person decides on the device codes that wait: approve, deny, expire or slow_down.
  func decide(_ action: String) throws { _ = try call(.post, "device", ["action": .string(action)]) }

  /// An administrator uploads a certificate to the Salesforce app.
  func upload(certificate: String) throws { try org(["app_certificate": .string(certificate)]) }
}
