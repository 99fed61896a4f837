/// The one line that tells a client how to reach a running sandbox.
struct ReadyLine {
  let origin: String
  let identity: Identity

  var text: String {
    let value: JSONValue = [
      "partner_center": [
        "api_url": .string("\(origin)/partner-center"), "login_url": .string("\(origin)/login"),
        "webhook_url": .string("\(origin)/webhook"), "tenant": .string(Identity.tenant),
        "client_id": .string(Identity.partnerClient), "client_secret": .string(identity.partnerSecret),
        "refresh_token": .string(identity.partnerRefresh), "organization_id": .string(Identity.organization),
      ],
      "salesforce": [
        "login_url": .string(origin), "instance_url": .string(origin),
        "client_id": .string(Identity.salesforceClient), "client_secret": .string(identity.salesforceSecret),
        "username": .string(Identity.salesforceUser), "private_key_pem": .string(identity.privateKey),
      ],
      "workspace": [
        "files": [
          "reconcile.yaml": .string(configuration), "mappings/settings.csv": .string(settings),
          "secrets/partner-center-client-secret": .string(identity.partnerSecret),
          "secrets/partner-center-refresh-token": .string(identity.partnerRefresh),
          "secrets/salesforce.key": .string(identity.privateKey + "\n"),
        ]
      ],
    ]
    return value.text
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

  private var configuration: String {
    """
    partner_center:
      api_url: \(origin)/partner-center
      webhook_url: \(origin)/webhook
      login_url: \(origin)/login
      tenant: \(Identity.tenant)
      client_id: \(Identity.partnerClient)
      client_secret: file:secrets/partner-center-client-secret
      refresh_token: file:secrets/partner-center-refresh-token
      organization_id: \(Identity.organization)
    salesforce:
      login_url: \(origin)
      auth: jwt
      client_id: \(Identity.salesforceClient)
      username: \(Identity.salesforceUser)
      private_key: file:secrets/salesforce.key
      api_version: "62.0"
      scope: all
    safety:
      min_records: 10
      max_update_percent: 30
      max_create_percent: 30
      max_close: 10
      max_shrink_percent: 10
      canaries: []
    retention: { runs: 30 }

    """
  }
}
