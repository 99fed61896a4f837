import JSON
import Model
import Wire

/// The registration of this workspace's tenant.
struct WebhookDesk {
  let workspace: OpenWorkspace
  let client: WebhookClient

  /// Signs in with what the workspace says of Partner Center; Salesforce is not needed.
  init(_ workspace: OpenWorkspace, console: Console) throws {
    self.workspace = workspace
    let surroundings = try Surroundings(workspace, recordingTo: nil, progress: ProgressLine(console))
    client = try Services(workspace.requireConfiguration(), needs: [.partnerCenter], surroundings: surroundings)
      .makeWebhooks()
  }

  /// The registration, which must be there.
  func present() throws -> WebhookRegistration {
    guard let registration = try client.registration() else {
      throw Failure(
        .webhookMissing, "Partner Center sends this tenant's events nowhere", fix: "run `reconcile webhook register`")
    }
    return registration
  }
}

extension Console {
  /// Prints a registration: a few lines for a person, or one JSON line.
  func show(_ registration: WebhookRegistration) {
    guard !isJSON else { return data(registration.json.text) }
    data("Address:  \(registration.url)")
    data("Events:   \(registration.events.joined(separator: ", "))")
    data("Signature in \(registration.usesSignatureHeader ? "x-ms-signature" : "Authorization")")
    if !registration.lastModified.isEmpty { data("Changed:  \(registration.lastModified)") }
  }
}
