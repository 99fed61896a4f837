import ArgumentParser

/// `reconcile mappings`: what the mapping files say, and what they do.
struct MappingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mappings", abstract: "Check, try and show the mapping files.",
    subcommands: [
      MappingsCheckCommand.self, MappingsTryCommand.self, MappingsShowCommand.self, MappingsSuggestCommand.self,
    ],
    defaultSubcommand: MappingsCheckCommand.self)
}
