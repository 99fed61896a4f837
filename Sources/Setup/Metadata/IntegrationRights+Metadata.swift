extension IntegrationRights {
  /// The name of the permission set.
  package static let permissionSet = "Cosell_Integration"

  /// The rights as a permission set.
  var metadata: Markup {
    let fields = fields.map { right in
      Markup(
        "fieldPermissions",
        [Markup("editable", right.isWritten), Markup("field", right.field), Markup("readable", true)])
    }
    let objects = objects.map { right in
      Markup(
        "objectPermissions",
        [
          Markup("allowCreate", right.creates), Markup("allowDelete", right.deletes),
          Markup("allowEdit", right.edits), Markup("allowRead", true), Markup("modifyAllRecords", false),
          Markup("object", right.object), Markup("viewAllRecords", right.seesAll),
        ])
    }
    return Markup(
      "PermissionSet",
      [Markup("description", "What reconcile reads and writes by its mapping, for the integration user.")]
        + fields + [Markup("hasActivationRequired", false), Markup("label", "Cosell Integration")] + objects
        + [Markup("userPermissions", [Markup("enabled", true), Markup("name", "ApiEnabled")])])
  }
}
