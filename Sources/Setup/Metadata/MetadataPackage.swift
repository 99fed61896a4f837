import Foundation
package import Model
package import Transform

/// The custom fields, objects and the permission set of co-selling, in Salesforce's source format: for an org that does
/// not have Microsoft's package.
///
/// The same mapping gives the same bytes.
package struct MetadataPackage {
  /// The version of the metadata.
  static let apiVersion = "62.0"

  /// The text of each file by its path within the package.
  package let files: [String: String]

  /// The package for a mapping, which decides about the permission set alone.
  package init(_ mapping: Mapping) {
    var files = ["sfdx-project.json": Self.project, "README.md": Self.readme, "manifest/package.xml": Self.manifest]
    for object in CosellObject.all {
      files["\(Self.root)/objects/\(object.name)/\(object.name).object-meta.xml"] = object.metadata.document
    }
    for field in CosellField.all {
      files["\(Self.root)/objects/\(field.object)/fields/\(field.name).field-meta.xml"] = field.metadata.document
    }
    let set = IntegrationRights.permissionSet
    files["\(Self.root)/permissionsets/\(set).permissionset-meta.xml"] = IntegrationRights(mapping).metadata.document
    self.files = files
  }

  /// Writes the files into a folder that is new or empty.
  ///
  /// - Returns: the paths that were written, relative to the folder, sorted.
  /// - Throws: `Failure` with `packageFolderUnusable`.
  @discardableResult
  package func write(to folder: String) throws(Failure) -> [String] {
    let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
    let manager = FileManager.default
    do {
      if manager.fileExists(atPath: root.path) {
        guard let first = try manager.contentsOfDirectory(atPath: root.path).sorted().first else {
          return try write(below: root)
        }
        throw Failure(
          .packageFolderUnusable, "\(root.path) is not empty: it holds \(first)", fix: "name an empty or a new folder")
      }
      return try write(below: root)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .packageFolderUnusable, "the package cannot be written to \(root.path)",
        fix: "name an empty or a new folder that this user may write to")
    }
  }

  private func write(below root: URL) throws -> [String] {
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      let target = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: target)
    }
    return files.keys.sorted()
  }

  private static let root = "force-app/main/default"

  private static let project = """
    {
      "name": "cosell-fields",
      "namespace": "",
      "packageDirectories": [
        {
          "default": true,
          "path": "force-app"
        }
      ],
      "sfdcLoginUrl": "https://login.salesforce.com",
      "sourceApiVersion": "\(apiVersion)"
    }

    """

  /// What is deployed, for programs that want it named.
  private static var manifest: String {
    func members(_ type: String, _ names: [String]) -> Markup {
      Markup("types", names.sorted().map { Markup("members", $0) } + [Markup("name", type)])
    }
    return Markup(
      "Package",
      [
        members("CustomField", CosellField.all.map { "\($0.object).\($0.name)" }),
        members("CustomObject", CosellObject.all.map(\.name)),
        members("PermissionSet", [IntegrationRights.permissionSet]), Markup("version", apiVersion),
      ]
    ).document
  }

  private static let readme = """
    # Co-sell fields

    The custom fields and objects that Microsoft's co-sell package brings to Salesforce, under the same names, and the
    permission set of the integration user. An org that has Microsoft's package needs the permission set alone.

    With Salesforce's own command line, in this folder:

        sf org login web --alias cosell --instance-url https://test.salesforce.com
        sf project deploy start --target-org cosell --source-dir force-app --dry-run
        sf project deploy start --target-org cosell --source-dir force-app

    The permission set alone: `--source-dir force-app/main/default/permissionsets`.

    Afterwards, in Setup:

    1. Permission Sets > Cosell Integration > Manage Assignments: add the integration user.
    2. Object Manager > Opportunity > Page Layouts: add the fields, and the related list *Microsoft Solutions*.
    3. Object Manager > Opportunity > Fields > Referral Identifier: tick *Unique* where no two opportunities share one yet.
       It is not unique in Microsoft's package; where it is, Salesforce itself keeps a referral from becoming two
       opportunities.

    The package holds no trigger and no validation rule. Nothing counts *Solution Count*, and reconcile does not need it.
    Whoever edits opportunities of others needs more than a permission set where the org's sharing is private: give the
    integration user a role above their owners.

    """
}
