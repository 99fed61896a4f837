import ArgumentParser
import JSON
import Model
import Transform
import Workspace

/// `reconcile mappings`: what the mapping files say.
struct MappingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mappings", abstract: "Check the mapping files.", subcommands: [Check.self],
    defaultSubcommand: Check.self)

  /// `reconcile mappings check`: every mistake in one pass.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Find every mistake of the mapping files in one pass.")

    @OptionGroup var common: CommonOptions

    func run() throws {
      let console = common.console
      try reporting(console) {
        let workspace = try WorkspaceFolder.resolve(common.workspace)
        switch MappingFiles.load(folder: workspace.mappings) {
        case .failure(let mistakes):
          throw Failures(list: mistakes.diagnostics.map { Failure($0.code, $0.description) })
        case .success(let mapping):
          guard console.isJSON else {
            console.data("\(mapping.fields.count) fields, no mistakes; mapping digest \(mapping.digest)")
            return .done
          }
          console.data(
            JSONValue.object([
              JSONMember("message_type", .string("mappings")),
              JSONMember("fields", .number(String(mapping.fields.count))),
              JSONMember("mapping_digest", .string(mapping.digest)),
            ]).text)
          return .done
        }
      }
    }
  }
}
