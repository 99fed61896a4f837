import ArgumentParser

/// `reconcile notify`: what tells people.
struct NotifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Try the ways in which people are told of a night.",
    subcommands: [NotifyTestCommand.self])
}
