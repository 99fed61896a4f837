/// Why Salesforce refuses a sign-in, by its error and, where one error has many reasons, by its words.
enum SalesforceRefusal: Hashable, CaseIterable {
  case userNotApproved
  case userNotAdmitted
  case unknownApp
  case wrongSecret
  case wrongAudience
  case wrongKey
  case wrongTime
  case refreshTokenOver
  case flowOff
  case noRunAsUser
  case wrongHost
  case userInactive
  case orgInactive
  case tooManySignIns
  case addressNotAllowed
  case other

  /// The reason behind a refusal.
  init(_ refusal: TokenRefusal) {
    let text = refusal.text.lowercased()
    let said = Self.words.first { words in text.contains(words.0) }?.1
    self = said ?? Self.named(refusal.error)
  }

  /// What Salesforce says, in lower case; the first that fits counts.
  private static let words: [(String, SalesforceRefusal)] = [
    ("approved this consumer", .userNotApproved), ("not admin approved", .userNotAdmitted),
    ("audience", .wrongAudience), ("invalid assertion", .wrongKey), ("signature", .wrongKey),
    ("expired authorization code", .wrongTime), ("assertion is expired", .wrongTime), ("expired assertion", .wrongTime),
    ("expired access/refresh token", .refreshTokenOver), ("token request is already being processed", .tooManySignIns),
    ("no client credentials user enabled", .noRunAsUser), ("not supported on this domain", .wrongHost),
    ("client identifier invalid", .unknownApp), ("ip restricted", .addressNotAllowed),
  ]

  /// The reason by the code of OAuth alone.
  private static func named(_ error: String) -> SalesforceRefusal {
    switch error {
    case "invalid_client_id": .unknownApp
    case "invalid_client": .wrongSecret
    case "invalid_app_access": .userNotAdmitted
    case "unsupported_grant_type": .flowOff
    case "inactive_user": .userInactive
    case "inactive_org": .orgInactive
    case "rate_limit_exceeded": .tooManySignIns
    case _: .other
    }
  }

  /// Where to click.
  var fix: String {
    let app = "in Salesforce Setup, External Client App Manager > the app"
    switch self {
    case .userNotApproved:
      return "\(app) > Policies > Edit: set *Permitted Users* to *Admin approved users are pre-authorized* and add the "
        + "permission set Cosell_Integration, assign that to the user of `salesforce.username`, and see that the app has "
        + "the scope `refresh_token`"
    case .userNotAdmitted:
      return "in Salesforce Setup, Permission Sets > Cosell Integration > Manage Assignments: add the user of "
        + "`salesforce.username`; the app's policies must name that permission set"
    case .unknownApp:
      return "\(app) > Settings > OAuth Settings > Consumer Key and Secret: copy the consumer key into "
        + "`salesforce.client_id`; a new app takes up to ten minutes to be known"
    case .wrongSecret:
      return "\(app) > Settings > OAuth Settings > Consumer Key and Secret: store the consumer secret where "
        + "`salesforce.client_secret` says"
    case .wrongAudience:
      return "set `salesforce.login_url` to https://login.salesforce.com, of a sandbox to https://test.salesforce.com, "
        + "or to the My Domain address of the org"
    case .wrongKey:
      return "\(app) > Settings > OAuth Settings: upload the certificate that lies beside the file of "
        + "`salesforce.private_key` (its name ends in .crt)"
    case .wrongTime:
      return "set the clock of this machine: a signed statement holds for three minutes (timedatectl tells whether the "
        + "clock is in step)"
    case .refreshTokenOver:
      return "sign in to the app again and store the new refresh token where `salesforce.refresh_token` says; see "
        + "*Refresh Token Policy* in the app's policies"
    case .flowOff:
      return "\(app) > Settings > OAuth Settings > Flow Enablement: tick the flow that `salesforce.auth` names"
    case .noRunAsUser:
      return "\(app) > Policies > Edit: tick *Enable Client Credentials Flow* and name the integration user in *Run As*"
    case .wrongHost:
      return "set `salesforce.login_url` to the My Domain address of the org, https://….my.salesforce.com"
    case .userInactive:
      return "in Salesforce Setup, Users > the integration user > Edit: tick *Active*; a frozen user has a button "
        + "*Unfreeze*"
    case .orgInactive:
      return "the org is locked or has expired: ask Salesforce, or name another in `salesforce.login_url`"
    case .tooManySignIns: return "wait an hour; another program may be signing in as the same user again and again"
    case .addressNotAllowed:
      return "\(app) > Policies > Edit: set *IP Relaxation* to *Relax IP restrictions*, or add this machine's address "
        + "to the trusted ranges of the user's profile"
    case .other:
      return "check the app's client id, its user and its approval in Salesforce Setup, then run "
        + "`reconcile login salesforce`"
    }
  }
}
