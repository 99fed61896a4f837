import ArgumentParser

/// `reconcile salesforce`: what an org needs before it can take part.
struct SalesforceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salesforce", abstract: "Prepare a Salesforce org.", subcommands: [SalesforcePackageCommand.self])
}
