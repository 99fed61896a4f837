// The copy of a workspace by `init --from`: E120 to E122.
extension Explanation {
  static let copySourceUnusable = Explanation(
    "No workspace to copy",
    meaning: "What --from names is no workspace whose reconcile.yaml can be read.",
    cause: "The path is misspelt, belongs to another user, or leads to a folder without a reconcile.yaml.",
    action: "Name the folder that holds the reconcile.yaml to start from, or leave --from away for a new workspace.")

  static let copyOverlap = Explanation(
    "Workspace within itself",
    meaning: "A workspace was to be copied onto itself, into itself, or into a folder that holds it.",
    cause: "Both paths lead to the same place, perhaps by a link.",
    action: "Name a folder beside the other workspace.")

  static let copyUnsafe = Explanation(
    "File that is not copied",
    meaning: "A workspace holds something among its configuration and mappings that cannot be copied without doubt: a "
      + "link, which may lead out of it, a file of a special kind, a file that cannot be read, or one that is too large.",
    cause: "Mapping files are shared with other workspaces by links, or something lies there that is no mapping.",
    action: "Put the file itself in the place of the link, or move it away; then try again. Nothing was written.")
}
