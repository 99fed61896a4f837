import ArgumentParser
import JSON
import Model
import Transform

/// `reconcile mappings suggest`: rows for `fields.csv` out of the org's own fields.
struct MappingsSuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Propose rows for fields.csv by the names and labels of the org's fields.",
    discussion: """
      Prints rows to be pasted, each below the reason for it; no file is changed.

      Example:
        reconcile mappings suggest >>mappings/fields.csv
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let suggestions = MappingSuggestions(
        workspace.mapping, for: try OrgAtHand(workspace, console: console).fields
      ).all
      for suggestion in suggestions {
        guard console.isJSON else {
          console.data("# \(suggestion.reason)")
          console.data(suggestion.row)
          continue
        }
        console.data(
          JSONValue.object([
            JSONMember("message_type", .string("suggestion")), JSONMember("reason", .string(suggestion.reason)),
            JSONMember("row", .string(suggestion.row)),
          ]).text)
      }
      if suggestions.isEmpty { console.say("The org suggests nothing that the mapping lacks.") }
      return .done
    }
  }
}
