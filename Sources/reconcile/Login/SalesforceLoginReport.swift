import Foundation
import JSON
import Model
import Setup
import Wire
import Workspace

/// What `login salesforce` tells: as sentences, or as JSON lines.
struct SalesforceLoginReport {
  private let workspace: SignInWorkspace
  private let method: SalesforceAuth.Method
  private let console: Console

  /// A report on a sign-in of the given kind.
  init(_ workspace: SignInWorkspace, _ method: SalesforceAuth.Method, console: Console) {
    self.workspace = workspace
    self.method = method
    self.console = console
  }

  /// Tells what was made and what was set aside.
  func keys(_ pair: SigningKeyFiles.Pair, _ files: SigningKeyFiles) {
    let key = workspace.shown(files.keyPath)
    let certificate = workspace.shown(files.certificatePath)
    for path in pair.setAside { console.say("Kept what was there as \(workspace.shown(path)).") }
    if pair.isNewKey || pair.isNewCertificate {
      print(
        [
          JSONMember("message_type", .string("key")), JSONMember("private_key", .string(key)),
          JSONMember("certificate", .string(certificate)), JSONMember("new_key", .bool(pair.isNewKey)),
          JSONMember("set_aside", .array(pair.setAside.map { .string(workspace.shown($0)) })),
          JSONMember("certificate_ends", .string(Timestamp.iso(pair.certificate.end))),
        ],
        [
          pair.isNewKey
            ? "Made a new RSA key of \(pair.key.bits) bits in \(key), readable for you alone, and its certificate in "
              + "\(certificate)."
            : "Made a certificate of the key in \(key): \(certificate).",
          "The certificate is good until \(Timestamp.iso(pair.certificate.end).prefix(10)).",
        ])
    }
    warn(pair.certificate)
  }

  /// Tells how long the certificate beside the key lasts.
  func certificate(_ certificate: SigningCertificate?, path: String) {
    let shown = workspace.shown(path)
    let days = certificate.map { $0.daysLeft(now: Date()) }
    let text = certificate.map { found in
      "\(shown) is good until \(Timestamp.iso(found.end).prefix(10)), \(days ?? 0) days more."
    }
    print(
      [
        JSONMember("message_type", .string("certificate")), JSONMember("certificate", .string(shown)),
        JSONMember("certificate_ends", certificate.map { .string(Timestamp.iso($0.end)) } ?? .null),
        JSONMember("certificate_days_left", days.map { .number(String($0)) } ?? .null),
      ], [text ?? "There is no certificate in \(shown); reconcile login salesforce makes one."])
    if let certificate { warn(certificate) }
  }

  /// Tells why the sign-in was not tested, and what to click.
  func untested(missing: [Failure], certificate: String?) {
    let steps = AppSteps(method, certificate: certificate.map(workspace.shown) ?? "the certificate").steps
    print(
      [
        JSONMember("message_type", .string("steps")), JSONMember("signed_in", .bool(false)),
        JSONMember("missing", .array(missing.map { .string($0.message) })),
        JSONMember("steps", .array(steps.map { .string($0) })),
      ],
      ["In Salesforce:"] + steps.enumerated().map { "\($0 + 1). \($1)" })
    guard !console.isJSON else { return }
    if !missing.isEmpty {
      console.say("The sign-in is not tested yet: \(missing.map(\.message).joined(separator: "; ")).")
    } else {
      console.say("The sign-in is not tested yet: Salesforce cannot know the new key.")
    }
  }

  /// Tells who was let in where.
  func signedIn(_ org: SignedInOrg, version: String) {
    let name = org.name.isEmpty ? org.id : "\(org.name) (\(org.id))"
    let newest = org.versions.last ?? version
    print(
      [
        JSONMember("message_type", .string("sign_in")), JSONMember("side", .string(Side.salesforce.rawValue)),
        JSONMember("signed_in", .bool(true)), JSONMember("organization", .string(org.name)),
        JSONMember("organization_id", .string(org.id)), JSONMember("is_sandbox", .bool(org.isSandbox)),
        JSONMember("username", .string(org.username)), JSONMember("instance_url", .string(org.instanceURL)),
        JSONMember("api_version", .string(version)), JSONMember("newest_api_version", .string(newest)),
      ],
      [
        "Signed in to Salesforce: \(org.isSandbox ? "the sandbox" : "the org") \(name) at \(org.instanceURL).",
        "User: \(org.username.isEmpty ? "not told" : org.username).",
        "API version: \(version); the org's newest is \(newest).",
      ])
    if !org.versions.contains(version) {
      console.warn(
        "the org has no API version \(version); it has \(org.versions[0]) to \(newest): set salesforce.api_version")
    }
  }

  private func warn(_ certificate: SigningCertificate) {
    let days = certificate.daysLeft(now: Date())
    guard days < SigningCertificate.warningDays else { return }
    console.warn(
      "the certificate of the Salesforce app \(days == 0 ? "is over" : "ends in \(days) days"); "
        + "run reconcile login salesforce --new-key and upload the new one")
  }

  private func print(_ members: [JSONMember], _ lines: [String]) {
    if console.isJSON {
      console.data(JSONValue.object(members).text)
    } else {
      for line in lines { console.data(line) }
    }
  }
}
