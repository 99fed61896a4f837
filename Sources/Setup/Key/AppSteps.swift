package import Workspace

/// What an administrator clicks in Salesforce, so that this program can sign in.
package struct AppSteps {
  /// The steps in their order, a sentence each.
  package let steps: [String]

  /// The steps for a way of signing in; `certificate` is the path of the file to be uploaded.
  package init(_ method: SalesforceAuth.Method, certificate: String) {
    switch method {
    case .jwt: steps = [Self.newApp, Self.upload(certificate)] + [Self.admit, Self.assign, Self.key, Self.again]
    case .clientCredentials: steps = [Self.newApp, Self.clientCredentials, Self.runAs, Self.keyAndSecret, Self.again]
    case .refreshToken: steps = [Self.newApp, Self.keyAndSecret, Self.token, Self.again]
    }
  }

  private static let newApp =
    "Setup > External Client App Manager > New External Client App. Name: reconcile. Under API, tick Enable OAuth; "
    + "callback URL: https://login.salesforce.com/services/oauth2/success; scopes: Manage user data via APIs (api) and "
    + "Perform requests at any time (refresh_token, offline_access)."

  private static func upload(_ certificate: String) -> String {
    "In the same form, under Flow Enablement: tick Enable JWT Bearer Flow and upload \(certificate). Create."
  }

  private static let admit =
    "The app > Policies > Edit > OAuth Policies: Permitted Users: Admin approved users are pre-authorized. Under App "
    + "Policies, select the permission set Cosell_Integration (reconcile salesforce package makes it). Save."

  private static let assign =
    "Setup > Permission Sets > Cosell Integration > Manage Assignments: add the integration user, and write its user name "
    + "into salesforce.username."

  private static let key =
    "The app > Settings > OAuth Settings > Consumer Key and Secret: copy the consumer key into salesforce.client_id."

  private static let clientCredentials =
    "In the same form, under Flow Enablement: tick Enable Client Credentials Flow. Create."

  private static let runAs =
    "The app > Policies > Edit > OAuth Policies: tick Enable Client Credentials Flow, and name the integration user in "
    + "Run As. Save. In reconcile.yaml, salesforce.login_url is the My Domain address of the org."

  private static let keyAndSecret =
    "The app > Settings > OAuth Settings > Consumer Key and Secret: copy the consumer key into salesforce.client_id, and "
    + "store the secret where salesforce.client_secret says."

  private static let token =
    "Sign in to the app once as the integration user (with Salesforce's own program: sf org login web --client-id KEY, then "
    + "sf org display --verbose --json, where sfdxAuthUrl is force://KEY:SECRET:TOKEN@HOST), and store the token where "
    + "salesforce.refresh_token says."

  private static let again =
    "Run reconcile login salesforce again: it tests the sign-in. A new app may take ten minutes to be known."
}
