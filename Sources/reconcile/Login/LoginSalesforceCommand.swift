import ArgumentParser
import Foundation
import JSON
import Model
import Setup
import Wire
import Workspace

/// `reconcile login salesforce`: makes the key and the certificate of the app, says what to click, and tests the sign-in.
struct LoginSalesforceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salesforce", abstract: "Make the key and certificate of the Salesforce app, and test the sign-in.",
    discussion: """
      With auth: jwt it makes an RSA key in the file that salesforce.private_key names, and beside it a certificate for the \
      app, where there are none, and says what to click in Salesforce. Once the configuration is complete it signs in, in each \
      of the three ways, and tells the org, the user and the version of the API. --status reads the files and asks nobody.

      Example:  reconcile login salesforce
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Make a new key and certificate; those that are there are kept under a dated name.") var newKey = false
  @Option(help: "How many bits a new key has: 2048, 3072 or 4096.") var bits = 2048
  @Flag(help: "Tell how long the certificate lasts; asks nobody.") var status = false

  func validate() throws {
    guard SigningKey.Size(rawValue: bits) != nil else { throw ValidationError("a key has 2048, 3072 or 4096 bits") }
    guard !newKey || !status else { throw ValidationError("--status changes nothing, so --new-key has no place there") }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try SignInWorkspace(common, console: console)
      let method = workspace.configuration.salesforceMethod
      let report = SalesforceLoginReport(workspace, method, console: console)
      let pair = try keyPair(workspace, method, report)
      if status { return .done }
      let missing = try missingKeys(workspace.configuration)
      guard missing.isEmpty, pair?.isNewKey != true else {
        report.untested(missing: missing, certificate: pair?.path)
        return .done
      }
      let settings = try workspace.configuration.salesforce()
      let test = SalesforceSignInTest(settings, transport: workspace.transport(to: .salesforce))
      report.signedIn(try test.run(), version: settings.apiVersion)
      return .done
    }
  }

  /// The key and its certificate, completed where something is missing; nil where the sign-in needs none, or the key is
  /// kept elsewhere than in a file.
  private func keyPair(
    _ workspace: SignInWorkspace, _ method: SalesforceAuth.Method, _ report: SalesforceLoginReport
  ) throws -> (isNewKey: Bool, path: String)? {
    switch method {
    case .clientCredentials, .refreshToken:
      guard !newKey else {
        throw Failure(
          .wrongUsage, "salesforce.auth is \(method.rawValue), which needs no key", fix: "set salesforce.auth to jwt")
      }
      return nil
    case .jwt: break
    }
    let reference = try workspace.configuration.salesforcePrivateKey()
    guard let files = SigningKeyFiles(reference) else {
      if newKey { try reference.prepare(or: .keyUnwritable) }
      return nil
    }
    if status {
      guard try files.existing() != nil else {
        throw Failure(.secretUnreadable, "\(reference): there is no key yet", fix: "run `reconcile login salesforce`")
      }
      report.certificate(files.existingCertificate, path: files.certificatePath)
      return nil
    }
    let size = SigningKey.Size(rawValue: bits) ?? .bits2048
    let pair = try newKey ? files.renew(size, now: Date()) : files.complete(size, now: Date())
    report.keys(pair, files)
    return (pair.isNewKey, files.certificatePath)
  }

  /// The keys of the configuration that a sign-in still lacks.
  private func missingKeys(_ configuration: Configuration) throws -> [Failure] {
    do throws(ConfigurationMistakes) {
      _ = try configuration.salesforce()
      return []
    } catch {
      return error.failures
    }
  }
}
