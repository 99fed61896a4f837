extension CosellObject {
  /// The object as a document of metadata; its fields are files of their own.
  var metadata: Markup {
    let naming: [Markup]
    switch self.naming {
    case .text: naming = [Markup("label", nameLabel), Markup("type", "Text")]
    case .counted(let form):
      naming = [Markup("displayFormat", form), Markup("label", nameLabel), Markup("type", "AutoNumber")]
    }
    return Markup(
      "CustomObject",
      [
        Markup("deploymentStatus", "Deployed"), Markup("enableActivities", false), Markup("enableBulkApi", true),
        Markup("enableHistory", false), Markup("enableReports", true), Markup("enableSearch", true),
        Markup("enableSharing", true), Markup("enableStreamingApi", true), Markup("label", label),
        Markup("nameField", naming), Markup("pluralLabel", plural),
        Markup("sharingModel", followsParent ? "ControlledByParent" : "ReadWrite"),
      ])
  }
}
