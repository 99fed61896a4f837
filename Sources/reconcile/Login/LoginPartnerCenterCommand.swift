import ArgumentParser
import Foundation
import JSON
import Model
import Wire
import Workspace

/// `reconcile login partner-center`: a person approves the sign-in on another device, and its refresh token is kept.
struct LoginPartnerCenterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partner-center",
    abstract: "Sign in to Partner Center by a code that a person enters on another device.",
    discussion: """
      Prints an address and a code, and waits until somebody has opened the address, entered the code and signed in there as \
      the user of the integration. The refresh token goes into the file that partner_center.refresh_token names; runs renew \
      it, and it lasts 90 days without a run. --status tells its age and asks nobody.

      Example:  reconcile login partner-center
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Tell how old the sign-in is and how long it lasts; asks nobody.") var status = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try SignInWorkspace(common, console: console)
      let settings = try workspace.configuration.partnerCenterSignIn()
      return try status ? tellAge(settings, console) : signIn(workspace, settings, console)
    }
  }

  private func tellAge(_ settings: PartnerCenterConfiguration, _ console: Console) throws -> ExitStatus {
    if let path = settings.refreshToken.path, !FileManager.default.fileExists(atPath: path) {
      throw Failure(
        .secretUnreadable, "\(settings.refreshToken): nobody has signed in yet",
        fix: "run `reconcile login partner-center`")
    }
    let age = TokenAge(settings.refreshToken, now: Date())
    report([JSONMember("message_type", .string("sign_in_age"))] + age.members, text: [age.text], console)
    if let failure = age.failure { throw failure }
    if let warning = age.warning { console.warn(warning) }
    return .done
  }

  private func signIn(
    _ workspace: SignInWorkspace, _ settings: PartnerCenterConfiguration, _ console: Console
  ) throws -> ExitStatus {
    // Before a person takes the trouble: can what comes of it be kept?
    try settings.refreshToken.prepare()
    let redaction = Redaction()
    // A token that is replaced may still be good, and no answer shall bring it to the terminal.
    if let former = try? settings.refreshToken.resolve() { redaction.learn(former) }
    let transport = workspace.transport(to: .partnerCenter)
    let secret = try settings.clientSecret.resolve()
    let signIn = try DeviceSignIn(
      DeviceSignIn.Settings(
        loginURL: settings.loginURL, tenant: settings.tenant, clientID: settings.clientID, clientSecret: secret),
      transport: transport, redaction: redaction)
    let interrupt = Interrupt()
    let code = try signIn.begin()
    show(code, console)
    guard let token = try signIn.wait(for: code, while: { !interrupt.isAsked }) else {
      console.say("Interrupted: nothing was stored.")
      return .interrupted
    }
    try settings.refreshToken.store(token)
    console.say("Approved; the refresh token is kept in \(workspace.shown(settings.refreshToken.path ?? "")).")
    try prove(settings, secret: secret, (transport, redaction), console)
    return .done
  }

  private func show(_ code: DeviceCode, _ console: Console) {
    report(
      [
        JSONMember("message_type", .string("device_code")), JSONMember("verification_uri", .string(code.address)),
        JSONMember("user_code", .string(code.userCode)), JSONMember("expires", .string(Timestamp.iso(code.expires))),
      ], text: ["To sign in, open \(code.address) and enter the code \(code.userCode)."], console)
    guard !console.isJSON else { return }
    let minutes = Int((code.expires.timeIntervalSinceNow / 60).rounded())
    console.say(
      "Sign in there as the user who has the role Referrals admin. The code is good for \(minutes) minutes; waiting.")
  }

  /// Signs in with what was stored, as every run will, and reads one referral.
  private func prove(
    _ settings: PartnerCenterConfiguration, secret: Secret, _ wire: (RetryingTransport, Redaction), _ console: Console
  ) throws {
    let tokens = try PartnerCenterTokens(settings, secret: secret, wire: wire)
    let referral = try PartnerCenterClient(transport: wire.0, tokens: tokens, redaction: wire.1).glance()
    let age = TokenAge(settings.refreshToken, now: Date())
    let sight = referral == nil ? "there is none yet that this user may see" : "referrals can be read"
    report(
      [
        JSONMember("message_type", .string("sign_in")), JSONMember("side", .string(Side.partnerCenter.rawValue)),
        JSONMember("sees_referrals", .bool(referral != nil)),
      ] + age.members, text: ["Signed in to Partner Center: \(sight).", age.text], console)
    if settings.organizationID.isEmpty, let id = referral?["organizationId"]?.stringValue {
      console.say("partner_center.organization_id is not set; the referral that was read belongs to \(id).")
    }
  }

  private func report(_ members: [JSONMember], text: [String], _ console: Console) {
    if console.isJSON {
      console.data(JSONValue.object(members).text)
    } else {
      for line in text { console.data(line) }
    }
  }
}
