/// The one line that tells a client how to reach a running sandbox.
struct ReadyLine {
  let origin: String
  let identity: Identity
  /// The settings of a recording by their dotted names; nil for a made-up world.
  var recorded: JSONObject?

  var text: String {
    let value: JSONValue = [
      "partner_center": [
        "api_url": .string("\(origin)/partner-center"), "login_url": .string("\(origin)/login"),
        "webhook_url": .string("\(origin)/webhook"), "tenant": .string(Identity.tenant),
        "client_id": .string(Identity.partnerClient), "client_secret": .string(identity.partnerSecret),
        "refresh_token": .string(identity.partnerRefresh), "organization_id": organization,
      ],
      "salesforce": [
        "login_url": .string(origin), "instance_url": .string(origin),
        "client_id": .string(Identity.salesforceClient), "client_secret": .string(identity.salesforceSecret),
        "refresh_token": .string(identity.salesforceRefresh),
        "username": .string(Identity.salesforceUser), "private_key_pem": .string(identity.privateKey),
      ],
      "workspace": ["files": .object(files)],
    ]
    return value.text
  }

  private var organization: JSONValue {
    recorded?["partner_center.organization_id"] ?? .string(Identity.organization)
  }

  private var files: JSONObject {
    var files = JSONObject([("reconcile.yaml", .string(configuration.text))])
    // What the customers of a recording agreed to is not the sandbox's to say.
    if recorded == nil { files["mappings/settings.csv"] = .string(settings) }
    files["secrets/partner-center-client-secret"] = .string(identity.partnerSecret)
    files["secrets/partner-center-refresh-token"] = .string(identity.partnerRefresh)
    files["secrets/salesforce.key"] = .string(identity.privateKey + "\n")
    if recorded?["salesforce.auth"] == "client-credentials" {
      files["secrets/salesforce-client-secret"] = .string(identity.salesforceSecret)
    }
    if recorded?["salesforce.auth"] == "refresh-token" {
      files["secrets/salesforce-refresh-token"] = .string(identity.salesforceRefresh)
    }
    return files
  }

  /// Its customers are made up, so their consent can be stated for them.
  private var settings: String {
    """
    # The sandbox's customers are made up: their consent is stated here. With real ones it is yours to state.
    setting,default_value,current_value,description
    Customer agreed to share information,No,Yes,
    Customer agreed to be contacted,No,Yes,

    """
  }

  /// Where a replay stands, and as whom one signs in to it, is not the recording's to say.
  private static let own: Set<String> = [
    "partner_center.api_url", "partner_center.webhook_url", "partner_center.login_url", "partner_center.tenant",
    "partner_center.client_id", "partner_center.client_secret", "partner_center.refresh_token",
    "salesforce.login_url", "salesforce.client_id", "salesforce.username", "salesforce.private_key",
    "salesforce.client_secret", "salesforce.refresh_token",
  ]

  private var configuration: Configuration {
    var configuration = Configuration(sections: [
      (
        "partner_center",
        JSONObject([
          ("api_url", .string("\(origin)/partner-center")), ("webhook_url", .string("\(origin)/webhook")),
          ("login_url", .string("\(origin)/login")), ("tenant", .string(Identity.tenant)),
          ("client_id", .string(Identity.partnerClient)),
          ("client_secret", "file:secrets/partner-center-client-secret"),
          ("refresh_token", "file:secrets/partner-center-refresh-token"), ("organization_id", organization),
        ])
      ),
      (
        "salesforce",
        JSONObject([
          ("login_url", .string(origin)), ("auth", "jwt"), ("client_id", .string(Identity.salesforceClient)),
          ("username", .string(Identity.salesforceUser)), ("private_key", "file:secrets/salesforce.key"),
          ("api_version", "62.0"), ("scope", "all"),
        ])
      ),
      (
        "safety",
        JSONObject([
          ("min_records", 10), ("max_update_percent", 100), ("max_create_percent", 100), ("max_close", 1000),
          ("max_shrink_percent", 10), ("quiet_seconds", 0), ("canaries", []),
        ])
      ), ("retention", JSONObject([("runs", 30)])),
    ])
    for (name, value) in recorded?.members.map({ $0 }) ?? [] where !ReadyLine.own.contains(name) {
      configuration.set(name, value)
    }
    switch recorded?["salesforce.auth"] {
    case "client-credentials": configuration.set("salesforce.client_secret", "file:secrets/salesforce-client-secret")
    case "refresh-token": configuration.set("salesforce.refresh_token", "file:secrets/salesforce-refresh-token")
    default: break
    }
    return configuration
  }
}
