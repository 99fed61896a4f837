import ArgumentParser
import JSON
import Model
import Transform
import Workspace

/// `reconcile mappings show`: the values in force, each with the place that it comes from.
struct MappingsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the mapping in force, each value with the file and line that it comes from.",
    discussion: """
      Example:
        reconcile mappings show
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let lines = workspace.mapping.inForce(files: MappingFiles.present(in: workspace.folder.mappings))
      if console.isJSON {
        for line in lines {
          console.data(
            JSONValue.object([
              JSONMember("message_type", .string("mapping")), JSONMember("kind", .string(line.kind)),
              JSONMember("name", .string(line.name)), JSONMember("value", .string(line.value)),
              JSONMember("origin", .string(line.origin)),
            ]).text)
        }
        return .done
      }
      let table = TextTable(
        ["kind", "name", "value", "origin"], lines.map { [$0.kind, $0.name, $0.value, $0.origin] })
      for line in table.lines(width: console.width) { console.data(line) }
      return .done
    }
  }
}
