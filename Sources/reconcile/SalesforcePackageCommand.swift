import ArgumentParser
import JSON
import Model
import Setup
import Transform
import Workspace

/// `reconcile salesforce package`: the co-sell fields, objects and permission set as files to be deployed.
struct SalesforcePackageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package",
    abstract: "Write the co-sell fields, objects and permission set as files to be deployed.",
    discussion: """
      For an org without Microsoft's package: the same fields and objects under the same names, in Salesforce's source \
      format, and the permission set Cosell_Integration with what the workspace's mapping reads and writes and nothing else. \
      Nothing is sent; the README.md in the folder says how to deploy it.

      Example:  reconcile salesforce package cosell-fields
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The folder, which must be empty or new.", completion: .directory) var folder: String

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try WorkspaceFolder.resolve(common.workspace)
      let mapping: Mapping
      switch MappingFiles.load(folder: workspace.mappings) {
      case .success(let loaded): mapping = loaded
      case .failure(let mistakes):
        throw Failures(list: mistakes.diagnostics.map { Failure($0.code, $0.description) })
      }
      let files = try MetadataPackage(mapping).write(to: folder)
      for file in files {
        console.data(
          console.isJSON
            ? JSONValue.object([
              JSONMember("message_type", .string("file")), JSONMember("path", .string(file)),
            ]).text : file)
      }
      console.say("Next: \(folder)/README.md says how to deploy it.")
      return .done
    }
  }
}
