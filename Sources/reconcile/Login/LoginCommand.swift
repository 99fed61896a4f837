import ArgumentParser

/// `reconcile login`: signing in to a service for the first time, or anew.
struct LoginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Sign in to a service for the first time, or anew.",
    subcommands: [LoginPartnerCenterCommand.self, LoginSalesforceCommand.self])
}
